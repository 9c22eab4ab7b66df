import type { RedisArgument } from '@redis/client'
import type { ResolvedRedisOptions } from '../options.ts'
import { openServerLink } from './server-link.ts'

/** Sends a command and gives its reply; binary values as buffers when asked. */
export type SendCommand = (args: readonly RedisArgument[], reply?: 'buffer') => Promise<unknown>

/** A connection to a server, or to all masters of a cluster. */
export interface RedisLink {
  /** Sends a command about one key to the server that has it. */
  send(key: string, args: readonly RedisArgument[], reply?: 'buffer'): Promise<unknown>
  /** All servers that hold keys. */
  masters(): readonly SendCommand[]
  /** Lets go of it once what was sent is answered. */
  retire(): void
  /** Lets go of it at once: what was sent is rejected. */
  destroy(): void
}

/** It takes a tenth of a second to load, and few have a cluster. */
const loadClient = () => import('@redis/client')

type ReplyOptions = (reply: 'buffer' | undefined) => { readonly typeMapping: Record<number, typeof Buffer> } | undefined

function replyOptions({ RESP_TYPES }: Awaited<ReturnType<typeof loadClient>>): ReplyOptions {
  const buffers = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } }
  return (reply) => (reply === 'buffer' ? buffers : undefined)
}

/**
 * A client never reconnects by itself, nor keeps commands for later: whoever waits for a server that is gone would wait on. It does not
 * keep the process alive either.
 */
function clientDefaults({ timeout }: ResolvedRedisOptions) {
  return {
    // RESP 2 is what every server speaks.
    RESP: 2 as const,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled' as const,
    socket: { connectTimeout: timeout, reconnectStrategy: false as const },
  }
}

/**
 * Opens a connection.
 *
 * @param lost called when it breaks later on
 * @param signal stops an attempt under way
 */
export function openRedisLink(
  options: ResolvedRedisOptions,
  lost: () => void,
  signal: AbortSignal,
): Promise<RedisLink> {
  return options.cluster ? openCluster(options, lost, signal) : openServerLink(options, lost, signal)
}

async function openCluster(options: ResolvedRedisOptions, lost: () => void, signal: AbortSignal): Promise<RedisLink> {
  const { RESP, ...client } = clientDefaults(options)
  const { username, password, protocol } = new URL(options.url)
  const defaults = {
    ...client,
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    socket: { ...client.socket, ...(protocol === 'rediss:' ? { tls: true as const } : {}) },
  }
  const redis = await loadClient()
  const as = replyOptions(redis)
  const cluster = redis.createCluster({
    RESP,
    // The connection that asks for the slots is out of our reach: it has to end by itself when no answer comes.
    rootNodes: [{ url: options.url, socket: { socketTimeout: options.timeout } }],
    defaults,
    topologyRefreshOnReconnectionAttemptStrategy: false,
  })
  let last: unknown
  cluster.on('error', (error: unknown) => {
    last = error
    lost()
  })
  cluster.on('node-error', lost)
  const destroy = (): void => {
    try {
      cluster.destroy()
    } catch {
      // It was never open.
    }
  }
  signal.addEventListener('abort', destroy, { once: true })
  const connecting = cluster.connect()
  try {
    await unlessAborted(connecting, signal)
  } catch (error) {
    // Discovery goes on when the cluster is destroyed meanwhile, and connects to the nodes after all.
    void connecting.then(destroy, destroy)
    // "None of the root nodes is available" says less than what was wrong with one.
    throw last ?? error
  }
  for (const { client: node } of cluster.nodeByAddress.values()) node?.unref()
  return {
    send: (key, args, reply) => cluster.sendCommand(key, false, [...args], as(reply)) as Promise<unknown>,
    masters: () =>
      cluster.masters.map((master): SendCommand => async (args, reply) => {
        const node = await cluster.nodeClient(master)
        return node.sendCommand(args, as(reply))
      }),
    retire: destroy,
    destroy,
  }
}

/** A client that is destroyed while it connects may never say so. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(new Error('The attempt was given up.')), { once: true })
  return Promise.race([work, promise])
}
