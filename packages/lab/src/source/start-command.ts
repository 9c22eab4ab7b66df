import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { bounded } from '../browser/bounded.ts'
import { labError } from '../errors.ts'
import type { ServerEnded } from './keep-server.ts'

const START_MS = 60_000
const STOP_MS = 5000
/** Beside this file, as source and as built. */
const KEEPER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './keep-server.ts' : './keep-server.js', import.meta.url),
)

interface StartedCommand {
  readonly url: string
  close(): Promise<void>
}

interface KeptServer {
  readonly keeper: ChildProcess
  readonly gone: Promise<unknown>
  readonly stdout: Readable
  readonly stderr: Readable
  /** How the server ended, once all that it said has been read. */
  readonly ended: Promise<ServerEnded>
}

/**
 * Starts a server that prints its address. It and what it starts (a package manager starts some) end with this process, however that ends: `kill -9` too.
 * Only what leaves its process group, as services do, stays.
 *
 * @throws `PACELINE_LAB_SERVE`
 */
export async function startCommand(command: string, cwd: string): Promise<StartedCommand> {
  const server = startKept(command, cwd)
  const close = (): Promise<void> => stop(server)
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-500)
  })
  const address = new Promise<string>((found, failed) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const url = /https?:\/\/[^\s"'/]+/.exec(line)?.[0]
      if (url !== undefined) found(url)
    })
    server.ended.then(({ code }) => failed(new Error(`it ended with ${code ?? 'a signal'}: ${said.trim()}`)), failed)
  })
  try {
    return { url: await bounded(address, START_MS), close }
  } catch (cause) {
    await close()
    throw labError('PACELINE_LAB_SERVE', [command, cause instanceof Error ? cause.message : String(cause)], { cause })
  }
}

function startKept(command: string, cwd: string): KeptServer {
  // Detached: the leader of a group of its own; on Windows, one that does not end with us before it has ended the server.
  const keeper = spawn(process.execPath, [KEEPER, command, '4', '5'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
  })
  const [, , , , stdout, stderr] = keeper.stdio as unknown as readonly Readable[]
  const gone = new Promise<ServerEnded>((done, failed) => {
    keeper.once('error', failed)
    keeper.once('exit', (code) => done({ code }))
  })
  const told = new Promise<ServerEnded>((done) => keeper.once('message', done))
  const read = Promise.all([once(stdout!, 'end'), once(stderr!, 'end')])
  const ended = Promise.all([Promise.race([told, gone]), read]).then(([how]) => how)
  // It may end when nobody is waiting.
  ended.catch(() => undefined)
  return { keeper, gone, stdout: stdout!, stderr: stderr!, ended }
}

/** Asks everything to stop, and does not ask a second time. */
async function stop({ keeper, gone, ended }: KeptServer): Promise<void> {
  if (process.platform === 'win32') {
    if (keeper.connected) keeper.disconnect()
  } else if (keeper.pid !== undefined) {
    signalGroup(keeper.pid, 'SIGTERM')
    await bounded(ended, STOP_MS).catch(() => undefined)
    signalGroup(keeper.pid, 'SIGKILL')
  }
  // Not of the keeper alone: the next run may want the port.
  await bounded(Promise.all([gone, ended]), STOP_MS).catch(() => undefined)
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal)
  } catch {
    // All of it has ended in the meantime.
  }
}
