import type { ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import { Readable } from 'node:stream'
import type { Answer, FileContent } from '../answer/answer.ts'
import { QuickResponse } from './quick-response.ts'

/** What `node:http` and `node:http2` give to write an answer to. */
export type NodeResponse = ServerResponse | Http2ServerResponse

/** Sends an answer. What cannot be sent to its end ends the connection: a client must not take half a file for a whole one. */
export function sendAnswer(response: NodeResponse, answer: Answer): void {
  const { status, headers, content, head } = answer
  if (head !== undefined && response instanceof QuickResponse)
    return response.sendShared({ status, headers, content: content as Buffer | undefined }, head)
  // Both take pairs in one flat list; the types of HTTP/2 do not know.
  ;(response as ServerResponse).writeHead(status, headers as string[])
  if (content === undefined) response.end()
  else if (content instanceof Uint8Array) response.end(content)
  else sendFile(response, content)
}

function sendFile(response: NodeResponse, content: FileContent): void {
  const stream = contentStream(content)
  let sent = 0
  const abort = (): void => {
    stream.destroy()
    response.destroy()
  }
  stream.on('data', (chunk: Buffer) => (sent += chunk.byteLength))
  // A file that was cut short while it was read must not look like a whole one on a connection that stays open.
  stream.on('end', () => (sent === content.length ? response.end() : abort()))
  stream.on('error', abort)
  response.on('error', abort)
  response.on('close', () => stream.destroy())
  stream.pipe(response, { end: false })
}

/** The parts of a file as one stream. Closes the file. */
export function contentStream({ handle, parts }: FileContent): Readable {
  const [only] = parts
  if (parts.length === 1 && only && !Buffer.isBuffer(only)) return handle.createReadStream(only)
  return Readable.from(readParts({ handle, parts, length: 0 }), { objectMode: false })
}

async function* readParts({ handle, parts }: FileContent): AsyncGenerator<Buffer> {
  try {
    for (const part of parts) {
      if (Buffer.isBuffer(part)) yield part
      else yield* handle.createReadStream({ ...part, autoClose: false }) as AsyncIterable<Buffer>
    }
  } finally {
    await handle.close()
  }
}
