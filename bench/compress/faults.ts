import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { startRedis, type BenchRedis } from './redis.ts'

/** What can be the matter with a Redis that a build is told to use. */
export const FAULTS = ['refused', 'silent', 'killed', 'stalled', 'password', 'full', 'slow'] as const
export type Fault = (typeof FAULTS)[number]

/** Answers after which a server is killed or stopped: the build is in the middle of its work then. */
const ANSWERS = 10
/** Milliseconds that every answer of a slow one takes: less than what is waited for one. */
const DELAY = 300

/** Redis itself refuses: it has no memory for what is put, or wants a password that nobody gave. */
const SETTINGS: Readonly<Partial<Record<Fault, readonly string[]>>> = {
  password: ['--requirepass', 'another'],
  full: ['--maxmemory', '1', '--maxmemory-policy', 'noeviction'],
}
/** What was seen on the way when the fault has struck. */
const SIGNS: Readonly<Partial<Record<Fault, RegExp>>> = { password: /^-(?:NOAUTH|WRONGPASS)/m, full: /^-OOM/m }

export interface FaultyRedis {
  readonly url: string
  /** @throws when nothing of the fault was seen: then it was not measured */
  stop(): Promise<void>
}

export function isFault(name: string): name is Fault {
  return FAULTS.some((fault) => fault === name)
}

/** A Redis of its own with this fault; nothing when the machine has none. */
export async function startFaultyRedis(fault: Fault, dir: string): Promise<FaultyRedis | undefined> {
  const redis = await startRedis(dir, SETTINGS[fault])
  if (!redis) return undefined
  if (fault === 'refused') {
    await redis.stop()
    return { url: redis.url, stop: async () => Promise.resolve() }
  }
  if (fault === 'silent') redis.signal('SIGSTOP')
  const relay = createServer()
  const { sockets, hasStruck } = relayTo(redis, relay, fault)
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return {
    url: `redis://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    async stop() {
      relay.close()
      for (const socket of sockets) socket.destroy()
      redis.signal('SIGKILL')
      await redis.stop()
      if (!hasStruck()) throw new Error(`The build has not seen that its Redis is ${fault}. Let it ask for more.`)
    },
  }
}

/** Passes on what is said, and does what is to go wrong when it is time. @returns the connections there are */
function relayTo(
  redis: BenchRedis,
  relay: Server,
  fault: Fault,
): { readonly sockets: ReadonlySet<Socket>; hasStruck(): boolean } {
  const sockets = new Set<Socket>()
  let answers = 0
  let struck = false
  relay.on('connection', (socket) => {
    const server = connect(redis.port, '127.0.0.1')
    for (const [one, other] of [
      [socket, server],
      [server, socket],
    ] as const) {
      sockets.add(one)
      // Whoever is gone says so by itself; what is left to do is to hang up as well.
      one.on('error', () => undefined).on('close', () => void (sockets.delete(one), other.destroy()))
    }
    socket.pipe(server)
    // It was asked, and will not answer.
    socket.on('data', () => void (struck ||= fault === 'silent'))
    server.on('data', (answer) => {
      if (fault === 'slow') setTimeout(() => socket.write(answer), DELAY)
      else socket.write(answer)
      struck ||= fault === 'slow' || (SIGNS[fault]?.test(answer.toString('latin1')) ?? false)
      if (++answers !== ANSWERS) return
      struck ||= fault === 'killed' || fault === 'stalled'
      if (fault === 'killed') redis.signal('SIGKILL')
      if (fault === 'stalled') redis.signal('SIGSTOP')
    })
  })
  return { sockets, hasStruck: () => struck }
}
