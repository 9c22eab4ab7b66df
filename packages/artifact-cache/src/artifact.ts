/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** SHA-256 of input bytes, in hex: made by `digestOf`, once for all artifacts of the same input. */
export type InputDigest = string & { readonly __brand: 'InputDigest' }

/**
 * What an artifact is made from, and how. Two recipes that agree in everything give the same bytes, on any machine; so paths, dates
 * and environment variables have no place here.
 */
export interface ArtifactRecipe {
  /** The family, for statistics and `paceline cache clear 'brotli:*'`: small letters, digits and `-`, such as `brotli`, `avif`, `image-score`. */
  readonly kind: string
  /** Raised by hand whenever the stored bytes come to mean something else. */
  readonly schema: number
  readonly input: InputDigest
  /** All else that decides the bytes: codec, options, version of the encoder. The order of keys does not count. */
  readonly settings: JsonObject
}

/** An expensive result. */
export interface Artifact {
  readonly bytes: Uint8Array
  /** What is known of it and would be expensive to find again: width, score, quality. At most 4 kB as JSON. */
  readonly info: JsonObject
}

/** A piece of expensive work, as the scheduler sees it. */
export interface Job<Result> {
  /** What people know it by, in progress lines and errors: `assets/hero.jpg → AVIF, 960 px`. Never stored. */
  readonly label: string
  /** Expected CPU time in milliseconds: the biggest goes first, and the remaining time is told from it. A guess will do. */
  readonly cost: number
  /** Expected peak memory in bytes while it runs. */
  readonly memory: number
  /**
   * `build`: somebody waits for it. `later`: to be there when somebody asks.
   *
   * @default 'build'
   */
  readonly priority?: 'build' | 'later' | undefined
  /**
   * Whether the work takes no thread of libuv's pool, which sharp and the functions of `node:zlib` use. Of those that do, one thread less than the
   * pool has are at work at once: all reading and writing of files needs one too.
   *
   * @default false
   */
  readonly outsidePool?: boolean | undefined
  /**
   * Bytes of the process that the work is done in, when it is another: what it has before it works, once for all jobs that run in it. Such work takes nothing of
   * this process, no thread of libuv's pool either.
   *
   * @default the work is done in this process
   */
  readonly processMemory?: number | undefined
  /** Does the work. It must not wait for another job: with all places taken by such jobs nothing would go on. */
  readonly work: () => Promise<Result>
}

/** The work behind a miss. */
export type ArtifactJob = Job<Artifact>

/** Where plugins get expensive results from: the cache, or the scheduler that makes them once. */
export interface Artifacts {
  /**
   * The artifact of a recipe, from the nearest tier that has it, else made now. Requests for one recipe at the same time
   * share one piece of work.
   *
   * @throws what the work throws, with the job's label; nothing is stored then
   */
  make(recipe: ArtifactRecipe, job: ArtifactJob): Promise<Artifact>
  /** The artifact if a tier has it; never makes it. */
  find(recipe: ArtifactRecipe): Promise<Artifact | undefined>
}
