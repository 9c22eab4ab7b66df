import type { FileHandle } from 'node:fs/promises'
import type { ByteRange } from '../negotiate/byte-ranges.ts'

/** What goes back to a client, whatever server it is behind. */
export interface Answer {
  readonly status: number
  /** Flat: name, value, name, value. Names in lower case. */
  readonly headers: readonly string[]
  /** Bytes, or where they are; absent for HEAD, 304 and the like. */
  readonly content?: Buffer | FileContent
  /** Values of `Link` for 103 Early Hints. */
  readonly links?: readonly string[]
  /** Kept between answers that have these same headers; only where the content, if there is any, is in memory. */
  readonly head?: SharedHead
}

/** The head of an answer as it was written last. */
export interface SharedHead {
  status: number
  /** Of its `Date`, seconds. */
  second: number
  text: string
  /** The head and the content behind it. */
  message: Buffer | undefined
  /** What is in `message`. */
  content: Buffer | undefined
}

/** Content up to so many bytes is kept once more with its head in front: one buffer is one write. Longer content is much longer on its way than a second one costs. */
export const LONGEST_MESSAGE = 131_072

/** Parts of an open file. Who gets it closes it. */
export interface FileContent {
  readonly handle: FileHandle
  /** What is sent, in order: bytes as they are, and parts of the file. */
  readonly parts: readonly (Buffer | ByteRange)[]
  /** Of all parts together. */
  readonly length: number
}

const TEXTS: Readonly<Record<number, string>> = {
  400: 'This URL cannot be read: its path is not a plain one, or its percent-encoding is broken.',
  404: 'There is nothing at this address.',
  405: 'Files are here to be read: only GET, HEAD and OPTIONS are answered.',
  406: 'This file is not available in any encoding that the request accepts.',
  412: 'The file is not the one that the request expects.',
  414: 'This URL is too long.',
  416: 'The file ends before the part that was asked for.',
  500: 'The site cannot be opened; its log says why.',
  503: 'The file is being replaced. Try again in a moment.',
}

/** An answer without a file: one line of text that no cache keeps. */
export function plainAnswer(status: number, method: string, more: readonly string[] = []): Answer {
  const content = Buffer.from(`${TEXTS[status] ?? status}\n`)
  const headers = [
    'content-type',
    'text/plain; charset=utf-8',
    'content-length',
    String(content.byteLength),
    'cache-control',
    'no-store',
    'x-content-type-options',
    'nosniff',
    ...more,
  ]
  return method === 'HEAD' ? { status, headers } : { status, headers, content }
}

/** To another path of the same site. */
export function redirectAnswer(location: string): Answer {
  return { status: 301, headers: ['location', location, 'cache-control', 'no-cache', 'content-length', '0'] }
}
