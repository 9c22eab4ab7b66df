import type { IncomingMessage } from 'node:http'

/**
 * Who sends a request, for its rate. Of an IPv6 address the first half: one household has all of the rest.
 *
 * @param trustProxy whether the last entry of `X-Forwarded-For` is written by a proxy of ours
 */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined
  const last = (Array.isArray(forwarded) ? forwarded.at(-1) : forwarded)?.split(',').at(-1)?.trim()
  const address = (last || request.socket.remoteAddress) ?? ''
  // IPv4 in IPv6 is one client of its own.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  return address.includes(':') ? network(address) : address.slice(0, 64)
}

function network(address: string): string {
  const [head = '', tail] = address.slice(0, 64).split('::')
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':')
}

/** Whether a request comes from this machine, through nothing: a proxy says so, and a page of another site has another `Host`. */
export function isLocal(request: IncomingMessage): boolean {
  const { headers, socket } = request
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined) return false
  if (!isLoopback(socket.remoteAddress ?? '')) return false
  const host = hostOf(request).replace(/:\d+$/, '')
  return host === 'localhost' || host.endsWith('.localhost') || isLoopback(host.replace(/^\[|\]$/g, ''))
}

/** What a request calls this server: in HTTP/2, `Host` is a pseudo-header. */
export function hostOf({ headers }: IncomingMessage): string {
  const authority = headers[':authority']
  return headers.host ?? (typeof authority === 'string' ? authority : '')
}

/** Whether an address, or a name to listen on, is this machine only. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address === 'localhost' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address)
}
