import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { encodeCommand, RedisReplyError, ReplyReader, type Reply } from './resp.ts'

const ANSWERS = Buffer.from(
  '+OK\r\n-ERR no\r\n:-7\r\n$-1\r\n$4\r\na\r\nb\r\n$0\r\n\r\n*2\r\n$1\r\n0\r\n*2\r\n$1\r\nx\r\n$1\r\ny\r\n*-1\r\n',
)
const READ: readonly Reply[] = [
  'OK',
  new RedisReplyError('ERR no'),
  -7,
  null,
  Buffer.from('a\r\nb'),
  Buffer.from(''),
  [Buffer.from('0'), [Buffer.from('x'), Buffer.from('y')]],
  null,
]

describe('ReplyReader', () => {
  it.each([1, 2, 3, 7, 1000])('reads answers that come in pieces of %i bytes', (size) => {
    const reader = new ReplyReader()
    const replies: Reply[] = []
    for (let at = 0; at < ANSWERS.byteLength; at += size) replies.push(...reader.push(ANSWERS.subarray(at, at + size)))
    expect(replies).toEqual(READ)
  })

  it('refuses what is no answer of Redis', () => {
    expect(() => new ReplyReader().push(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))).toThrow('"HTTP/1.1 400')
  })
})

describe('encodeCommand()', () => {
  it.each([
    ['text', ['GETEX', 'paceline:é', 'EX', '10']],
    ['bytes', ['SET', 'key', Buffer.from([0, 13, 10, 255]), 'EX', '10']],
    ['bytes at the end', ['SET', 'key', Buffer.alloc(3)]],
  ])('writes %s as the official client does', (_, args) => {
    const { default: theirs } = createRequire(import.meta.url)('@redis/client/dist/lib/RESP/encoder.js') as {
      default: (args: readonly (string | Buffer)[]) => readonly (string | Buffer)[]
    }
    const joined = (pieces: readonly (string | Buffer)[]): Buffer =>
      Buffer.concat(pieces.map((piece) => Buffer.from(piece)))
    expect(joined(encodeCommand(args))).toEqual(joined(theirs(args)))
  })
})
