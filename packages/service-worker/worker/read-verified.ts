import type { ProblemReason } from '../shared/messages.ts'

/** What a body has to be. */
export interface Expected {
  readonly url: string
  /** As {@link digestOf} gives it. */
  readonly digest: string
  readonly bytes?: number
}

/** A body that must not be stored. */
export class BodyRefused extends Error {
  readonly url: string
  readonly reason: ProblemReason

  constructor(url: string, reason: ProblemReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BodyRefused'
    this.url = url
    this.reason = reason
  }
}

const IS_PAGE = /\.html?$|\/$|^$/

/**
 * Reads a body and compares it with what the build has emitted: a server that answers 500, a proxy that cuts a body off and a captive portal
 * that answers every address with its own page must not get into a cache.
 *
 * @throws {BodyRefused}
 */
export async function readVerified(response: Response, expected: Expected): Promise<ArrayBuffer> {
  const { url, digest, bytes } = expected
  // 206 is no whole body, 204 none at all.
  if (response.status !== 200) {
    throw new BodyRefused(url, 'status', `\`${url}\` was not stored: the server answered ${response.status}.`)
  }
  const type = response.headers.get('content-type') ?? ''
  const body = await response.arrayBuffer().catch((cause: unknown) => {
    throw new BodyRefused(url, 'network', `\`${url}\` was not stored: the connection broke.`, { cause })
  })
  if ((await digestOf(body)) === digest) return body
  if (type.includes('text/html') && !IS_PAGE.test(url)) {
    throw new BodyRefused(
      url,
      'html',
      `\`${url}\` was not stored: a page came in its place, as a captive portal or a fallback for missing files sends it.`,
    )
  }
  if (bytes !== undefined && body.byteLength !== bytes) {
    throw new BodyRefused(
      url,
      'length',
      `\`${url}\` was not stored: ${body.byteLength} bytes came instead of ${bytes}.`,
    )
  }
  throw new BodyRefused(url, 'hash', `\`${url}\` was not stored: its content is not what was built.`)
}

/** The first 64 bits of a body's SHA-256, in base64url: more than chance can meet, and a third of the letters. */
export async function digestOf(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body), 0, 8)
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '')
}

/** A response that can be stored: the body is decoded, so what says how it was encoded does not hold any more; nor does the server's time. */
export function storable(body: ArrayBuffer, { headers }: Response): Response {
  const kept = new Headers(headers)
  for (const name of ['content-encoding', 'content-length', 'date', 'transfer-encoding', 'vary']) kept.delete(name)
  kept.set('content-length', String(body.byteLength))
  return new Response(body, { status: 200, headers: kept })
}
