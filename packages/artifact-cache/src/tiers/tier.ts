import type { Artifact } from '../artifact.ts'

/** An artifact as it is kept: with the time it took to make, which is the time that a hit saves. */
export interface StoredArtifact extends Artifact {
  readonly ms: number
}

/** What a tier tells of an entry without reading it. */
export interface TierEntry {
  readonly key: string
  /** What it takes up, with what is kept beside it. */
  readonly bytes: number
  /** Milliseconds since the epoch, to the hour: reading an entry does not always say so at once. */
  readonly lastUsed: number
}

/** Hears why a request was not answered: whoever asked goes on either way. */
export interface RequestFate {
  /** It was asked, and that failed. */
  readonly failed: () => void
  /** It was not even tried: the tier is out of order. */
  readonly unasked: () => void
}

/**
 * One place where artifacts are kept. Which of them has what is the store's business; a tier answers for its own bytes: what it gives was put
 * under this key, unchanged.
 */
export interface CacheTier {
  readonly name: 'disk' | 'redis' | 'memory'
  /**
   * `'damaged'`: there was an entry whose bytes are not those that were put. It is gone now. A tier that is out of order answers
   * like an empty one.
   *
   * @throws when the tier cannot be read, `EACCES` for instance
   */
  get(key: string, fate?: RequestFate): Promise<StoredArtifact | 'damaged' | undefined>
  /**
   * Gives how many bytes were written: 0 for what the tier does not take. May resolve before they are; {@link settle} waits for them, and `lost` is
   * called when they are not, before or after this resolves.
   *
   * @throws when the tier cannot be written, `ENOSPC` for instance
   */
  put(key: string, artifact: StoredArtifact, lost?: () => void): Promise<number>
  /** Whether there is an entry, damaged or not. */
  has(key: string): Promise<boolean>
  /** Gives whether there was one. */
  remove(key: string): Promise<boolean>
  /** All entries whose key begins with a prefix, in no order, one after the other: there may be millions. */
  entries(prefix?: string): AsyncIterable<TierEntry>
  /** Removes all entries whose key begins with a prefix and fits. Gives how many, and their bytes. */
  clear(prefix: string, fits: (key: string) => boolean): Promise<{ entries: number; bytes: number }>
  /** Waits until all that was put is written or has failed. */
  settle(): Promise<void>
  /** What has failed and what was not taken since it was opened. */
  trouble(): TierTrouble
  /** Lets go of connections. Nothing is asked of it afterwards. */
  close(): Promise<void>
}

export interface TierTrouble {
  /** Writes that failed or were refused after `put` had resolved. */
  readonly failedWrites: number
  /** Why the tier is out of order, in words, when it is. */
  readonly reason?: string
}
