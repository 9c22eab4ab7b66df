/** Whose bytes are kept. */
export interface CachedBody {
  body: Buffer | undefined
  /** Of short bodies, the bytes as characters of Latin-1. */
  text: string | undefined
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
/** With their head, strings up to 16 KiB go to the socket without being copied to the heap first; longer ones cost more than bytes. */
const LONGEST_TEXT = 8_192

export function createBodyCache(limit: number): BodyCache {
  const kept = new Set<CachedBody>()
  let bytes = 0
  const forget = (owner: CachedBody): void => {
    bytes -= sizeOf(owner)
    owner.body = undefined
    owner.text = undefined
  }
  const drop = (owner: CachedBody): void => {
    if (kept.delete(owner)) forget(owner)
  }
  return {
    fits: (size) => size <= limit * SHARE,
    keep(owner, body) {
      drop(owner)
      owner.body = body
      owner.text = body.byteLength <= LONGEST_TEXT ? body.toString('latin1') : undefined
      owner.isUsed = false
      kept.add(owner)
      bytes += sizeOf(owner)
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

function sizeOf({ body, text }: CachedBody): number {
  return (body?.byteLength ?? 0) + (text?.length ?? 0)
}
