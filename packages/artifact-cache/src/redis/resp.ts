/** An error that a server answers with, in its words. */
export class RedisReplyError extends Error {}

/** An answer of a server, in RESP 2. */
export type Reply = string | number | Buffer | null | RedisReplyError | readonly Reply[]

/** A command as a server reads it: an array of strings of bytes. Pieces, because values of megabytes are better not copied. */
export function encodeCommand(args: readonly (string | Buffer)[]): (string | Buffer)[] {
  const pieces: (string | Buffer)[] = []
  let text = `*${args.length}\r\n`
  for (const arg of args) {
    text += `$${Buffer.byteLength(arg)}\r\n`
    if (typeof arg === 'string') text += `${arg}\r\n`
    else {
      pieces.push(text, arg)
      text = '\r\n'
    }
  }
  pieces.push(text)
  return pieces
}

/** Puts answers together from the pieces in which they come (https://redis.io/docs/latest/develop/reference/protocol-spec/, RESP 2). */
export class ReplyReader {
  #pieces: Buffer[] = []
  #length = 0
  /** With fewer bytes than this there is no whole answer: nothing is looked at before. */
  #wanted = 1

  /**
   * The answers that are complete with this piece.
   *
   * @throws {TypeError} where it is no answer of a Redis server
   */
  push(piece: Buffer): Reply[] {
    this.#pieces.push(piece)
    this.#length += piece.byteLength
    if (this.#length < this.#wanted) return []
    const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces, this.#length)
    const replies: Reply[] = []
    let start = 0
    let read = readReply(bytes, 0)
    while ('reply' in read) {
      replies.push(read.reply)
      start = read.end
      read = readReply(bytes, start)
    }
    this.#pieces = [bytes.subarray(start)]
    this.#length = bytes.byteLength - start
    this.#wanted = read.wanted - start
    return replies
  }
}

/** An answer and where it ends, or how long the bytes must be at least to have it. */
type Read = { readonly reply: Reply; readonly end: number } | { readonly wanted: number }

function readReply(bytes: Buffer, start: number): Read {
  const lineEnd = bytes.indexOf('\r\n', start)
  if (lineEnd === -1) return { wanted: bytes.byteLength + 1 }
  const line = bytes.toString('utf8', start + 1, lineEnd)
  const end = lineEnd + 2
  switch (String.fromCharCode(bytes[start]!)) {
    case '+':
      return { reply: line, end }
    case '-':
      return { reply: new RedisReplyError(line), end }
    case ':':
      return { reply: Number(line), end }
    case '$':
      return readBytes(bytes, end, Number(line))
    case '*':
      return readArray(bytes, end, Number(line))
    default:
      throw new TypeError(`"${bytes.toString('latin1', start, Math.min(lineEnd, start + 40))}" is no answer of Redis`)
  }
}

function readBytes(bytes: Buffer, start: number, length: number): Read {
  if (length < 0) return { reply: null, end: start }
  const end = start + length + 2
  return bytes.byteLength < end ? { wanted: end } : { reply: bytes.subarray(start, start + length), end }
}

function readArray(bytes: Buffer, start: number, count: number): Read {
  if (count < 0) return { reply: null, end: start }
  const replies: Reply[] = []
  let end = start
  for (let at = 0; at < count; at++) {
    const read = readReply(bytes, end)
    if (!('reply' in read)) return read
    replies.push(read.reply)
    end = read.end
  }
  return { reply: replies, end }
}
