import { randomUUID } from 'node:crypto'
import type { StoredForm } from '../adapters/file-store.ts'
import type { OpenFile } from '../adapters/open-inside.ts'
import type { ByteRange } from '../negotiate/byte-ranges.ts'
import type { Selection } from '../negotiate/negotiate.ts'
import type { Target } from '../site/site.ts'
import { plainAnswer, type Answer, type SharedHead } from './answer.ts'

/** What an answer is made from. */
export interface Content {
  readonly method: string
  readonly target: Target
  readonly form: StoredForm
  readonly asset: Target['asset']
  readonly selection: Selection
  /** The file, when its bytes are needed and not in memory. */
  readonly opened?: OpenFile
  /** Value of `Server-Timing`. */
  readonly timing?: string | undefined
}

/** What is the same for each request of a form: made once, since dates and copies cost more than all the rest of an answer. */
export interface FixedHeaders {
  readonly lastModified: number
  readonly whole: SharedHeaders
  /** With where it came from. */
  readonly fromMemory: SharedHeaders
  /** Of a 304. */
  readonly unchanged: SharedHeaders
  /** `fromMemory` and what a page adds. */
  readonly pages: Map<Target, SharedHeaders>
}

interface SharedHeaders {
  readonly headers: readonly string[]
  readonly head: SharedHead
}

const FROM_MEMORY = 'memory'

/** Makes the answer for a form of a file. */
export function fileAnswer(content: Content): Answer {
  const { method, target, form, opened, selection } = content
  switch (selection.status) {
    case 304:
      return { status: 304, ...fixedHeadersOf(content).unchanged }
    case 412:
      return plainAnswer(412, method, varyOf(content))
    case 416:
      return plainAnswer(416, method, ['content-range', `bytes */${form.form.bytes}`, ...varyOf(content)])
    case 206:
      return partialAnswer(content, selection.ranges)
    case 200: {
      const { status, links } = target
      const { headers, head } = wholeHeaders(content)
      if (method === 'HEAD') return { status, headers, head }
      // A file that was opened is sent, and closed with that, though its bytes may have come into memory meanwhile.
      const body = opened ? undefined : form.body
      const answer = body ? { status, headers, content: body, head } : { status, headers, content: wholeFile(content) }
      return links.length === 0 ? answer : { ...answer, links }
    }
  }
}

function wholeHeaders(content: Content): SharedHeaders {
  const { target, timing } = content
  const { extraHeaders } = target
  const { whole, fromMemory, pages } = fixedHeadersOf(content)
  if (timing !== undefined && timing !== FROM_MEMORY)
    return shared([...whole.headers, 'server-timing', timing, ...extraHeaders])
  const file = timing === undefined ? whole : fromMemory
  if (extraHeaders.length === 0) return file
  const known = pages.get(target) ?? shared([...file.headers, ...extraHeaders])
  pages.set(target, known)
  return known
}

function shared(headers: readonly string[]): SharedHeaders {
  return { headers, head: { status: 0, second: 0, text: '', message: undefined, content: undefined } }
}

function fixedHeadersOf({ form, asset }: Pick<Content, 'form' | 'asset'>): FixedHeaders {
  const known = form.fixed
  // The same content may have been touched.
  if (known?.lastModified === form.lastModified) return known
  const { type, coding, etag, bytes } = form.form
  const validators = ['etag', etag, 'last-modified', new Date(form.lastModified).toUTCString()]
  const encoding = coding === 'identity' ? [] : ['content-encoding', coding]
  const ranges = ['accept-ranges', 'bytes']
  const all = [
    'content-type',
    type,
    ...encoding,
    ...validators,
    ...ranges,
    ...asset.headers,
    'content-length',
    String(bytes),
  ]
  const made = {
    lastModified: form.lastModified,
    whole: shared(all),
    fromMemory: shared([...all, 'server-timing', FROM_MEMORY]),
    unchanged: shared([...validators, ...asset.sharedHeaders]),
    pages: new Map(),
  }
  form.fixed = made
  return made
}

function partialAnswer(content: Content, ranges: readonly ByteRange[]): Answer {
  const { form } = content
  const total = form.form.bytes
  const [first] = ranges
  const headers = fixedHeadersOf(content).whole.headers.slice(0, -2)
  if (ranges.length === 1 && first) {
    const length = first.end - first.start + 1
    headers.push('content-range', `bytes ${first.start}-${first.end}/${total}`, 'content-length', String(length))
    return { status: 206, headers, content: partsOf(content, [first], length) }
  }
  const boundary = randomUUID()
  const parts = ranges.flatMap((range) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${form.form.type}\r\nContent-Range: bytes ${range.start}-${range.end}/${total}\r\n\r\n`,
    ),
    range,
  ])
  parts.push(Buffer.from(`\r\n--${boundary}--\r\n`))
  const length = parts.reduce(
    (sum, part) => sum + (Buffer.isBuffer(part) ? part.byteLength : part.end - part.start + 1),
    0,
  )
  headers[1] = `multipart/byteranges; boundary=${boundary}`
  headers.push('content-length', String(length))
  return { status: 206, headers, content: partsOf(content, parts, length) }
}

function partsOf(
  { form, opened }: Content,
  parts: readonly (Buffer | ByteRange)[],
  length: number,
): NonNullable<Answer['content']> {
  const { body } = form
  if (opened) return { handle: opened.handle, parts, length }
  const [first] = parts
  const buffers = parts.map((part) => (Buffer.isBuffer(part) ? part : body!.subarray(part.start, part.end + 1)))
  return first && parts.length === 1 ? buffers[0]! : Buffer.concat(buffers)
}

function wholeFile({ form, opened }: Content): NonNullable<Answer['content']> {
  const { bytes } = form.form
  if (!opened) return Buffer.alloc(0)
  return { handle: opened.handle, parts: bytes === 0 ? [] : [{ start: 0, end: bytes - 1 }], length: bytes }
}

function varyOf({ asset }: Content): string[] {
  const at = asset.sharedHeaders.indexOf('vary')
  return at === -1 ? [] : ['vary', asset.sharedHeaders[at + 1]!]
}
