import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

/** A Redis server of a test's own, on a free port of this machine. It goes away with the test. */
export interface TestRedis {
  readonly port: number
  readonly url: string
  /** Sends a command over a connection of its own. Gives the reply as Redis wrote it. */
  ask(...args: readonly string[]): Promise<string>
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Stops it where it is: connections stay open, and nothing is answered. */
  stall(): void
  /** Lets it go on. */
  resume(): void
}

const SLOTS = 16_384

export interface TestRedisOptions {
  /** Further options of redis-server, such as `['--maxmemory', '2mb']`. */
  readonly args?: readonly string[]
  readonly password?: string
  /** A free one when absent. */
  readonly port?: number
  /**
   * Takes what ends the server.
   *
   * @default it ends with the test
   */
  readonly atEnd?: (stop: () => Promise<void>) => void
}

/**
 * Starts a Redis server.
 *
 * @throws when this machine has none
 */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const { args = [], password, port: at, atEnd = onTestFinished } = options
  const dir = await mkdtemp(join(tmpdir(), 'paceline-redis-'))
  const port = at ?? (await freePort())
  const base = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no']
  const remove = (): Promise<void> => rm(dir, { recursive: true, force: true })
  const child = await spawned([...base, ...(password === undefined ? [] : ['--requirepass', password]), ...args]).catch(
    async (error: unknown) => {
      await remove()
      throw error
    },
  )
  const closed = once(child, 'close')
  const ask = (...words: readonly string[]): Promise<string> => sendCommand(port, words, password)
  const kill = async (): Promise<void> => {
    // A stalled process takes the signal all the same.
    child.kill('SIGKILL')
    await closed
  }
  atEnd(async () => {
    await kill()
    await remove()
  })
  await until(async () => (await ask('PING')).includes('PONG'), 'redis-server does not answer.')
  return {
    port,
    url: `redis://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    ask,
    kill,
    stall: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  }
}

/** Starts a cluster of masters, each with its part of the slots. It takes two seconds: Redis waits that long before it serves. */
export async function startRedisCluster(masters = 3, options: TestRedisOptions = {}): Promise<TestRedis[]> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']
  const nodes: TestRedis[] = []
  // The bus listens 10000 ports higher.
  while (nodes.length < masters) nodes.push(await startRedis({ ...options, args, port: await freePort(50_000) }))
  for (const [index, node] of nodes.entries()) {
    const first = Math.floor((SLOTS * index) / masters)
    const last = Math.floor((SLOTS * (index + 1)) / masters)
    const slots = Array.from({ length: last - first }, (_, slot) => `${first + slot}`)
    await node.ask('CLUSTER', 'ADDSLOTS', ...slots)
    await node.ask('CLUSTER', 'SET-CONFIG-EPOCH', `${index + 1}`)
  }
  for (const node of nodes.slice(1)) await nodes[0]!.ask('CLUSTER', 'MEET', '127.0.0.1', `${node.port}`)
  for (const node of nodes) {
    const isWhole = async (): Promise<boolean> => {
      const info = await node.ask('CLUSTER', 'INFO')
      return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${masters}`)
    }
    await until(isWhole, 'The Redis cluster does not come together.')
  }
  return nodes
}

async function spawned(args: readonly string[]): Promise<ChildProcess> {
  const command = process.env.PACELINE_REDIS_SERVER || 'redis-server'
  const child = spawn(command, args, { stdio: 'ignore' })
  const started = once(child, 'spawn')
  try {
    await started
  } catch (error) {
    throw new Error(
      `\`${command}\` does not start, and this test needs a Redis server. Install redis-server, or name one in PACELINE_REDIS_SERVER; \`npm test\` tries to.`,
      { cause: error },
    )
  }
  return child
}

/** One command, then QUIT: what came back until the server closes is the reply. */
async function sendCommand(port: number, args: readonly string[], password: string | undefined): Promise<string> {
  const commands = [...(password === undefined ? [] : [['AUTH', password]]), args, ['QUIT']]
  const socket = connect(port, '127.0.0.1')
  socket.setTimeout(5000, () => socket.destroy(new Error('Redis does not answer.')))
  socket.write(commands.map(encode).join(''))
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

function encode(args: readonly string[]): string {
  return `*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`
}

async function until(condition: () => Promise<boolean>, problem: string): Promise<void> {
  const end = Date.now() + 20_000
  while (Date.now() < end) {
    if (await condition().catch(() => false)) return
    await sleep(20)
  }
  throw new Error(problem)
}
