import { connect as connectPlain, type Socket } from 'node:net'
import type { ResolvedRedisOptions } from '../options.ts'
import type { RedisLink, SendCommand } from './redis-link.ts'
import { encodeCommand, RedisReplyError, ReplyReader, type Reply } from './resp.ts'

/** We let go of the connection ourselves. */
class ClientClosedError extends Error {}

/** Named as the client for clusters names it. */
class ConnectionTimeoutError extends Error {}

interface Waiting {
  readonly reply: 'buffer' | undefined
  readonly resolve: (reply: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Opens a connection to one server. It takes six commands and their answers, so it is spoken here: loading the client, which clusters
 * need, takes longer than all answers for a build that finds everything in Redis.
 *
 * It never connects again by itself, nor keeps the process alive.
 *
 * @param lost called when it breaks later on
 * @param signal stops an attempt under way
 */
export async function openServerLink(
  options: ResolvedRedisOptions,
  lost: () => void,
  signal: AbortSignal,
): Promise<RedisLink> {
  const socket = await connect(options, signal)
  const waiting: Waiting[] = []
  let closed: Error | undefined
  const close = (reason: Error): void => {
    if (closed) return
    closed = reason
    socket.destroy()
    for (const { reject } of waiting.splice(0)) reject(reason)
    lost()
  }
  const reader = new ReplyReader()
  let isRetired = false
  socket.on('error', close)
  socket.on('close', () => close(new Error('Socket closed')))
  socket.on('data', (piece: Buffer) => {
    try {
      for (const reply of reader.push(piece)) settle(waiting.shift(), reply)
    } catch (error) {
      close(error as Error)
    }
    if (isRetired && waiting.length === 0) close(new ClientClosedError('The connection was let go.'))
  })
  const send: SendCommand = (args, reply) => {
    if (closed) return Promise.reject(closed)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.push({ reply, resolve, reject })
    socket.cork()
    for (const piece of encodeCommand(args)) socket.write(piece)
    process.nextTick(() => socket.uncork())
    return promise
  }
  const destroy = (): void => close(new ClientClosedError('The connection was let go.'))
  signal.addEventListener('abort', destroy, { once: true })
  try {
    for (const command of greeting(options.url)) await send(command)
  } catch (error) {
    destroy()
    throw error
  }
  return {
    send: (_key, args, reply) => send(args, reply),
    masters: () => [send],
    retire() {
      isRetired = true
      if (waiting.length === 0) destroy()
    },
    destroy,
  }
}

async function connect({ url, timeout }: ResolvedRedisOptions, signal: AbortSignal): Promise<Socket> {
  const { hostname, port, protocol } = new URL(url)
  // An address of IPv6 stands in brackets in a URL.
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const place = { host, port: Number(port || 6379), noDelay: true }
  const isSecure = protocol === 'rediss:'
  const socket = isSecure ? (await import('node:tls')).connect(place) : connectPlain(place)
  socket.unref()
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const giveUp = (error: Error): void => {
    socket.destroy()
    reject(error)
  }
  const timer = setTimeout(() => giveUp(new ConnectionTimeoutError('Connection timeout')), timeout).unref()
  signal.addEventListener('abort', () => giveUp(new ClientClosedError('The attempt was given up.')), { once: true })
  socket.once('error', giveUp)
  socket.once(isSecure ? 'secureConnect' : 'connect', () => {
    socket.off('error', giveUp)
    resolve(socket)
  })
  return promise.finally(() => clearTimeout(timer))
}

/** What a server is told first: who we are, and which of its databases we mean. */
function greeting(url: string): string[][] {
  const { username, password, pathname } = new URL(url)
  const user = username === '' ? [] : [decodeURIComponent(username)]
  const database = Number(pathname.slice(1))
  return [
    ...(password === '' ? [] : [['AUTH', ...user, decodeURIComponent(password)]]),
    ...(database === 0 ? [] : [['SELECT', String(database)]]),
  ]
}

function settle(one: Waiting | undefined, reply: Reply): void {
  if (reply instanceof RedisReplyError) one?.reject(reply)
  else one?.resolve(one.reply === 'buffer' ? reply : asText(reply))
}

function asText(reply: Reply): unknown {
  if (Array.isArray(reply)) return reply.map(asText)
  return Buffer.isBuffer(reply) ? reply.toString() : reply
}
