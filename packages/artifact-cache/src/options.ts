/** Options of the artifact cache (`cache` in `paceline()`). */
export interface CacheOptions {
  /**
   * Where results are kept, relative to the Vite root.
   *
   * @default 'node_modules/.cache/paceline'
   */
  readonly dir?: string | undefined
  /**
   * A Redis server or cluster which shares results between machines: its URL, or an object. `false` leaves the results on this machine. When it
   * cannot be reached, or is slow, the build goes on without it.
   *
   * @default process.env.PACELINE_REDIS_URL
   * @example 'rediss://:password@cache.example.com:6380/0'
   */
  readonly redis?: string | RedisOptions | false | undefined
  /**
   * Sets projects apart in one Redis: none sees the results of another.
   *
   * @default the `name` in the package.json of the Vite root
   */
  readonly namespace?: string | undefined
  /**
   * What the directory may hold. What was not used for longest goes first.
   *
   * @default '1 GB'
   */
  readonly maxSize?: string | number | undefined
  /**
   * Days after which a result that nobody used leaves the directory.
   *
   * @default 30
   */
  readonly maxAge?: number | undefined
  /**
   * What the process and the work that is done at once (encoders of images and text, by their own estimate) may take of memory together. At least half of it is for
   * the work, and work that needs more is done alone.
   *
   * @default '512 MB'
   */
  readonly memory?: string | number | undefined
}

/** How to talk to Redis. */
export interface RedisOptions {
  /** `redis://user:password@host:port/db`, or `rediss://` for TLS. */
  readonly url: string
  /**
   * Milliseconds without an answer after which Redis is left alone for a while.
   *
   * @default 500
   */
  readonly timeout?: number | undefined
  /**
   * Days after which Redis forgets a result that nobody used.
   *
   * @default 30
   */
  readonly ttl?: number | undefined
  /**
   * Whether this is a Redis Cluster. Without it the first answer tells, which costs one more round trip.
   *
   * @default false until a server says that it is one
   */
  readonly cluster?: boolean | undefined
}

/** The options as the cache uses them. */
export interface ResolvedCacheOptions {
  /** Absolute. */
  readonly dir: string
  readonly namespace: string
  readonly redis: ResolvedRedisOptions | undefined
  /** Bytes. */
  readonly maxSize: number
  /** Milliseconds. */
  readonly maxAge: number
}

export interface ResolvedRedisOptions {
  /** With its password: never print it. */
  readonly url: string
  /** The URL for people, without the password. */
  readonly shown: string
  /** Milliseconds. */
  readonly timeout: number
  /** Seconds. */
  readonly ttl: number
  readonly cluster: boolean
}
