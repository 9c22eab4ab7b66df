import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib'
import type { Representation } from '../site/representation.ts'

const DECODERS = { br: createBrotliDecompress, gzip: createGunzip, zstd: createZstdDecompress } as const
/** What a delta begins with, before the hash of its dictionary (RFC 9842, 4 and 5). */
const MAGIC = { dcb: 'ff444342', dcz: '5e2a4d1820000000' } as const

/** What a form must be. */
export interface Expected {
  /** Of the content, 64 hex digits. */
  readonly sha256: string
  /** Of the content, decoded. */
  readonly bytes: number
}

/**
 * Whether an open file is what its name promises: a compressed sibling decodes to the content, a delta names its dictionary. A picture in another
 * format can only have the right size.
 */
export async function isAsPromised(handle: FileHandle, form: Representation, expected: Expected): Promise<boolean> {
  switch (form.coding) {
    case 'dcb':
    case 'dcz': {
      const head = Buffer.from(MAGIC[form.coding] + form.dictionary!, 'hex')
      const { buffer } = await handle.read({ buffer: Buffer.alloc(head.byteLength), position: 0 })
      return head.equals(buffer)
    }
    case 'identity':
      return true
    default:
      return decodesTo(handle, DECODERS[form.coding](), expected)
  }
}

/** The hash of what an open file holds. */
export async function contentHash(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of contentOf(handle)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** An open file from its beginning; it stays open. */
function contentOf(handle: FileHandle): Readable {
  return createReadStream('', { fd: handle, start: 0, autoClose: false })
}

async function decodesTo(
  handle: FileHandle,
  decoder: NodeJS.ReadWriteStream & AsyncIterable<Buffer>,
  { sha256, bytes }: Expected,
): Promise<boolean> {
  const hash = createHash('sha256')
  let length = 0
  try {
    await pipeline(contentOf(handle), decoder, async (decoded: AsyncIterable<Buffer>) => {
      for await (const chunk of decoded) {
        length += chunk.byteLength
        // A few bytes can decode to terabytes.
        if (length > bytes) throw new RangeError('longer than the content')
        hash.update(chunk)
      }
    })
  } catch {
    return false
  }
  return length === bytes && hash.digest('hex') === sha256
}
