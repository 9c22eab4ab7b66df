import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface BenchRedis {
  readonly url: string
  readonly port: number
  signal(signal: NodeJS.Signals): void
  stop(): Promise<void>
}

/** A Redis server of the bench's own, when the machine has one. */
export async function startRedis(dir: string, more: readonly string[] = []): Promise<BenchRedis | undefined> {
  const port = await freePort()
  const command = process.env.PACELINE_REDIS_SERVER ?? 'redis-server'
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
    ...more,
  ]
  const server = spawn(command, args, { stdio: 'ignore' })
  const failed = new Promise<'failed'>((resolve) => server.once('error', () => resolve('failed')))
  // It answers at once; a build that comes too early would find none.
  if ((await Promise.race([failed, pause(1000)])) === 'failed') return undefined
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    signal: (signal) => void server.kill(signal),
    stop() {
      server.kill()
      return ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
