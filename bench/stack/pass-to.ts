import { request } from 'node:http'
import type { RequestListener } from 'node:http'

/** Hands requests on to another server, and its answers back, as they are. */
export function passTo(target: string): RequestListener {
  return (incoming, answer) => {
    const { method, headers } = incoming
    const { host } = new URL(target)
    const onward = request(new URL(incoming.url ?? '/', target), { method, headers: { ...headers, host } }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.rawHeaders)
      got.pipe(answer)
      got.on('error', () => answer.destroy())
    })
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  }
}
