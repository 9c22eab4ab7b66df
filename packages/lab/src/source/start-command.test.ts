import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startCommand } from './start-command.ts'

const PROGRAM = fileURLToPath(new URL('../testing/command-in-child.ts', import.meta.url))

/** A server that does not stop when it is asked to, and neither does the shell between it and whoever started it: no `exec`. */
const stubborn = {
  'server.mjs': `import { createServer } from 'node:net'
// When all else fails.
setTimeout(() => process.exit(), 120_000)
process.on('SIGTERM', () => undefined)
const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
`,
}
const throughShell = `node server.mjs; echo over`

describe('a server that was started by a command', () => {
  it.each([
    ['was killed', (child: ChildProcess) => child.kill('SIGKILL')],
    ['was told to stop before anybody listened to that', (child: ChildProcess) => child.kill('SIGTERM')],
    ['crashed', (child: ChildProcess) => child.kill('SIGUSR2')],
  ])('is gone, and its port is free, when the process that started it %s', async (_how, end) => {
    const cwd = await writeFixture(stubborn)
    const starter = spawn(process.execPath, [PROGRAM, throughShell], { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    const [url] = (await once(createInterface({ input: starter.stdout }), 'line')) as [string]
    const port = Number(new URL(url).port)
    const { gone } = await connectTo(port)
    end(starter)
    await once(starter, 'exit')
    await gone
    // The system closes one thing after the other.
    await expect.poll(() => isFree(port)).toBe(true)
  })

  it('is gone, and its port is free, when it is closed and does not stop when it is asked to', async () => {
    const server = await startCommand(throughShell, await writeFixture(stubborn))
    await server.close()
    await expect.poll(() => isFree(Number(new URL(server.url).port))).toBe(true)
  })

  it('may be left to itself by its shell, and ends with us all the same', async () => {
    const server = await startCommand('node server.mjs &', await writeFixture(stubborn))
    await server.close()
    await expect.poll(() => isFree(Number(new URL(server.url).port))).toBe(true)
  })

  it('that ends without an address is told with its exit code and its last words', async () => {
    await expect(startCommand('echo "no such port" >&2; exit 3', '.')).rejects.toMatchObject({
      code: 'PACELINE_LAB_SERVE',
      message: expect.stringContaining('it ended with 3: no such port'),
    })
  })

  it('cannot be started where there is no directory', async () => {
    const nowhere = join(await writeFixture({}), 'nowhere')
    await expect(startCommand('node server.mjs', nowhere)).rejects.toMatchObject({
      code: 'PACELINE_LAB_SERVE',
      message: expect.stringContaining('ENOENT'),
    })
  })
})

/** Connects to a server, which tells of its end: the system closes what a process leaves open. */
async function connectTo(port: number): Promise<{ readonly gone: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1')
  const gone = new Promise<void>((closed) => socket.once('close', () => closed()))
  // One that is killed resets what it has open.
  socket.on('error', () => undefined).resume()
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return { gone }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((answered) => {
    server.once('error', () => answered(false))
    server.listen(port, '127.0.0.1', () => server.close(() => answered(true)))
  })
}
