import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { SiteOptions } from '../adapters/live-site.ts'
import type { Answer, FileContent } from '../answer/answer.ts'
import { lazySite, type ManifestOrigin } from './lazy-site.ts'
import { contentStream } from './send-answer.ts'

/** Answers a request of the Fetch API; nothing when it is not for a file of the site. */
export type FetchHandler = (request: Request) => Promise<Response | undefined>

/**
 * Makes a handler for servers that speak the Fetch API. It reads files, so it runs where `node:fs` does.
 *
 * @throws `PACELINE_DELIVERY_MANIFEST` for an object that is none; what is wrong with a file is an error of the first request
 */
export function createFetchHandler(manifest: ManifestOrigin, options: SiteOptions): FetchHandler {
  const site = lazySite(manifest, options)
  return async (request) => {
    const { method, url } = request
    const open = await site.open()
    const answer = await open.answer({ method, url, headers: Object.fromEntries(request.headers) })
    return answer && responseOf(answer)
  }
}

/**
 * A middleware for Hono that delivers a build, and leaves to the next what is not a file of it.
 *
 * @example
 * ```ts
 * app.use('*', honoDelivery('.paceline/delivery/manifest.json', { dir: 'dist' }))
 * ```
 */
export function honoDelivery(
  manifest: ManifestOrigin,
  options: SiteOptions,
): (context: { readonly req: { readonly raw: Request } }, next: () => Promise<void>) => Promise<Response | void> {
  const handle = createFetchHandler(manifest, options)
  return async ({ req }, next) => (await handle(req.raw)) ?? next()
}

function responseOf({ status, headers, content }: Answer): Response {
  const list = new Headers()
  for (let at = 0; at < headers.length; at += 2) list.append(headers[at]!, headers[at + 1]!)
  if (content === undefined) return new Response(null, { status, headers: list })
  if ('handle' in content) return new Response(webStream(content), { status, headers: list })
  return new Response(new Uint8Array(content), { status, headers: list })
}

function webStream(content: FileContent): globalThis.ReadableStream {
  // The two types of one thing.
  const stream = Readable.toWeb(
    Readable.from(wholeOrError(content), { objectMode: false }),
  ) as ReadableStream<Uint8Array>
  return stream as globalThis.ReadableStream
}

/** A file that was cut short while it was read must not look like a whole one. */
async function* wholeOrError(content: FileContent): AsyncGenerator<Buffer> {
  let sent = 0
  for await (const chunk of contentStream(content) as AsyncIterable<Buffer>) {
    sent += chunk.byteLength
    yield chunk
  }
  if (sent !== content.length) throw new RangeError('The file was changed while it was sent.')
}
