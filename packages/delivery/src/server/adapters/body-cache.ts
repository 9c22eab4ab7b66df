import { LONGEST_MESSAGE } from '../answer/answer.ts'

/** Whose bytes are kept. */
export interface CachedBody {
  body: Buffer | undefined
  /** What answers keep beside the bytes; goes with them. */
  fixed: unknown
  /** Set by whoever uses the bytes: the next time round they stay. */
  isUsed: boolean
}

/** Contents of small files in memory, up to so many bytes. Using one costs a flag: which goes first is decided when room is needed (second chance). */
export interface BodyCache {
  /** Whether a file of so many bytes is worth keeping. */
  fits(bytes: number): boolean
  keep(owner: CachedBody, body: Buffer): void
  drop(owner: CachedBody): void
  readonly bytes: number
}

/** A file may take no more than this share: one film must not push out a whole site. */
const SHARE = 1 / 8

export function createBodyCache(limit: number): BodyCache {
  const kept = new Set<CachedBody>()
  let bytes = 0
  const forget = (owner: CachedBody): void => {
    bytes -= sizeOf(owner.body)
    owner.body = undefined
    owner.fixed = undefined
  }
  const drop = (owner: CachedBody): void => {
    if (kept.delete(owner)) forget(owner)
  }
  return {
    fits: (size) => size <= limit * SHARE,
    keep(owner, body) {
      drop(owner)
      owner.body = body
      owner.isUsed = false
      kept.add(owner)
      bytes += sizeOf(body)
      for (const oldest of kept) {
        if (bytes <= limit) return
        kept.delete(oldest)
        if (oldest.isUsed) {
          oldest.isUsed = false
          kept.add(oldest)
          continue
        }
        forget(oldest)
      }
    },
    drop,
    get bytes() {
      return bytes
    },
  }
}

/** Answers keep a second copy of what is short. */
function sizeOf(body: Buffer | undefined): number {
  if (body === undefined) return 0
  return body.byteLength <= LONGEST_MESSAGE ? 2 * body.byteLength : body.byteLength
}
