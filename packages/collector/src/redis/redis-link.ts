import { createClient } from '@redis/client'

/** Sends a command; `undefined` when Redis does not answer: whatever is shared works without it. */
export interface RedisLink {
  send(args: readonly string[]): Promise<unknown>
  close(): Promise<void>
}

/** One request of a page waits no longer than this for Redis. */
const TIMEOUT = 150
/** After it did not answer it is left alone for so long. */
const PAUSE = 2000

/** Opens a connection that is made again whenever it breaks. It neither throws nor keeps the process alive. */
export function openRedis(url: string, now: () => number): RedisLink {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    socket: { connectTimeout: 1000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 5000) },
  })
  let pausedUntil = 0
  client.on('error', () => {})
  client.unref()
  const connected = client.connect().catch(() => {})
  return {
    async send(args) {
      if (now() < pausedUntil) return undefined
      await Promise.race([connected, wait(TIMEOUT)])
      if (!client.isReady) return undefined
      const answer = await Promise.race([client.sendCommand(args as string[]).catch(() => undefined), wait(TIMEOUT)])
      if (answer !== LATE) return answer
      pausedUntil = now() + PAUSE
      return undefined
    },
    async close() {
      client.destroy()
      await connected
    },
  }
}

const LATE = Symbol('late')

function wait(milliseconds: number): Promise<typeof LATE> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, LATE).unref())
}
