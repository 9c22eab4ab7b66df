import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import type { Answer } from '../answer/answer.ts'
import type { NodeResponse } from './send-answer.ts'

/** Answers whose length a log wants to know: Node does not tell what `writeHead` was given. */
const lengths = new WeakMap<NodeResponse, string>()

/** Notes the length of an answer, if somebody logs it. */
export function noteLength(response: NodeResponse, { headers }: Answer): void {
  if (!lengths.has(response)) return
  const at = headers.indexOf('content-length')
  if (at !== -1) lengths.set(response, headers[at + 1]!)
}

/** Calls back with a line for each request that was answered, in the combined format that log readers know. */
export function logAccess(
  request: IncomingMessage | Http2ServerRequest,
  response: NodeResponse,
  write: (line: string) => void,
): void {
  const at = new Date()
  lengths.set(response, '-')
  // Gone when the connection is.
  const address = request.socket.remoteAddress ?? '-'
  response.once('close', () => {
    const { method = '-', url = '-', httpVersion, headers } = request
    const length = lengths.get(response) ?? '-'
    const status = response.headersSent ? response.statusCode : 499
    const line =
      `${address} - - [${clfTime(at)}] "${plain(method)} ${plain(url)} HTTP/${httpVersion}" ${status} ` +
      `${length} "${plain(headers.referer ?? '-')}" "${plain(headers['user-agent'] ?? '-')}"\n`
    write(line)
  })
}

/** What a client writes must not end a field or a line. */
function plain(text: string): string {
  return text.slice(0, 1000).replaceAll(/[^\x20-\x7e]|["\\]/g, (char) => {
    const hex = char.charCodeAt(0).toString(16).padStart(2, '0')
    return `\\x${hex}`
  })
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function clfTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = date.toISOString().slice(11, 19)
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`
}
