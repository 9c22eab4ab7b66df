import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** An answer as it came over the wire: nothing decoded, nothing followed. */
export interface RawAnswer {
  readonly status: number
  /** Lower-case names; several of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface RawRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Milliseconds for the whole answer. */
  readonly timeout: number
  /** Bytes of a body after which the answer counts as failed. */
  readonly mostBytes: number
}

/** Asks as the given headers say and no otherwise: `fetch` adds encodings of its own, and takes them off again. */
export type Ask = (url: string, request: RawRequest) => Promise<RawAnswer>

export const ask: Ask = (url, { headers, signal, timeout, mostBytes }) =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const both = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
    const sent = send(url, { headers: { ...headers, 'user-agent': 'paceline-doctor' }, signal: both }, (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength
        if (bytes > mostBytes) response.destroy(new Error(`more than ${mostBytes} bytes came`))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]),
          ),
          body: Buffer.concat(chunks),
        }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
