import { spawn, spawnSync } from 'node:child_process'
import { closeSync } from 'node:fs'

/** What the keeper says when its server has ended: the exit code, nothing of one that a signal ended. */
export interface ServerEnded {
  readonly code: number | null
}

// The process between us and the server of an app: the only one that is there to end the server when we were killed and can do nothing more. What tells it is
// the channel to us, which the system closes whatever became of us. It leads the process group that the server and all that it starts are in.
// It listens before there is a server: what comes while that starts ends both.
process.once('disconnect', endServer)
// The group is asked to stop as a whole. What stays is for us to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const [command = '', ...pipes] = process.argv.slice(2)
const [stdout, stderr] = pipes.map(Number)
const server = spawn(command, { shell: true, stdio: ['ignore', stdout, stderr], windowsHide: true })
// They are the server's: their end is the end of all who write to them.
closeSync(stdout!)
closeSync(stderr!)
server.once('exit', (code) => {
  const ended: ServerEnded = { code }
  process.send?.(ended)
})

function endServer(): void {
  if (process.platform !== 'win32') {
    process.kill(-process.pid, 'SIGKILL')
    return
  }
  // There are no groups; this ends a process and all that came from it.
  spawnSync('taskkill', ['/pid', String(server.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  process.exit()
}
