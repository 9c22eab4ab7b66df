import type { ResolvedRedisOptions } from '../options.ts'
import { packArtifact, unpackArtifact } from '../tiers/pack-artifact.ts'
import type { CacheTier, RequestFate, StoredArtifact } from '../tiers/tier.ts'
import { refusalOf } from './describe-trouble.ts'
import { clearKeys, scanEntries } from './redis-keys.ts'
import { openRedisSession } from './redis-session.ts'
import { takeTurns } from './take-turns.ts'
import { writeQueue } from './write-queue.ts'

/** Keys in Redis begin with this: others may use the same database. */
const PREFIX = 'paceline:'
/** Larger values hold up everybody else's, and Redis itself. */
const LARGEST = 64 * 2 ** 20
/** Bytes kept for writes that are to come. Past it results stay on this machine alone. */
const MOST_BUFFERED = 64 * 2 ** 20
/** The milliseconds that Redis may cost a build, with what is left of a second for all else. */
const BUDGET = 900
/** A build asks for hundreds of results at once, and each round trip to another city is 50 ms. */
const READS_AT_ONCE = 128
const WRITES_AT_ONCE = 4

interface PendingWrite {
  readonly key: string
  readonly artifact: StoredArtifact
  readonly lost: (() => void) | undefined
}

/**
 * A tier in Redis: one value for each artifact, which carries its own digest. It is never waited for longer than a second in all: reads share one
 * budget, writes go in the background.
 *
 * @param budget milliseconds that may be waited for it in all; more where somebody asked for just that
 */
export function redisTier(
  options: ResolvedRedisOptions,
  warn: (message: string) => void,
  budget: number = BUDGET,
): CacheTier {
  let refused: string | undefined
  let canRefresh = true
  let failedWrites = 0
  const lose = ({ lost }: PendingWrite): void => {
    failedWrites++
    lost?.()
  }
  const dropQueue = (): void => queue.drop().forEach(lose)
  const session = openRedisSession(options, budget, { warn, broken: dropQueue })
  const queue = writeQueue<PendingWrite>({
    atOnce: WRITES_AT_ONCE,
    mostBytes: MOST_BUFFERED,
    write: async (item) => {
      const { key, artifact } = item
      if (refused === undefined && session.reason() === undefined && (await write(key, artifact))) return
      lose(item)
    },
  })
  const turns = takeTurns(READS_AT_ONCE)

  async function write(key: string, artifact: StoredArtifact): Promise<boolean> {
    const name = PREFIX + key
    try {
      await session.send('write', name, ['SET', name, packArtifact(key, artifact), 'EX', String(options.ttl)])
      session.heard()
      return true
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) session.fail(error)
      else if (refused === undefined) {
        refused = refusal.problem
        warn(
          `\`cache.redis\` at ${options.shown} ${refusal.problem}. It is still read, and new results stay on disk. ${refusal.advice}`,
        )
      }
      return false
    }
  }

  /** A hit begins the time to live anew. Where that is not allowed, as on a replica, the value will do. */
  async function read(key: string): Promise<Buffer | null> {
    const get = (args: readonly string[]): Promise<Buffer | null> =>
      session.send('read', key, args, 'buffer') as Promise<Buffer | null>
    if (!canRefresh) return get(['GET', key])
    try {
      return await get(['GETEX', key, 'EX', String(options.ttl)])
    } catch (error) {
      if (!refusalOf(error) && !(error as Error).message.startsWith('ERR unknown command')) throw error
      canRefresh = false
      return get(['GET', key])
    }
  }

  async function get(key: string, fate?: RequestFate): Promise<StoredArtifact | 'damaged' | undefined> {
    if (session.reason() !== undefined) {
      fate?.unasked()
      return undefined
    }
    const name = PREFIX + key
    try {
      const packed = await session.wait(read(name))
      if (packed === null) return undefined
      const artifact = unpackArtifact(key, packed)
      if (artifact) session.saved(artifact.ms)
      else drop(name)
      return artifact ?? 'damaged'
    } catch (error) {
      if ((error as Error).message.startsWith('WRONGTYPE')) {
        drop(name)
        return 'damaged'
      }
      session.fail(error)
      fate?.failed()
      return undefined
    }
  }

  const ask = (command: 'EXISTS' | 'UNLINK', key: string): Promise<unknown> =>
    session.wait(session.send('read', PREFIX + key, [command, PREFIX + key]))

  /** What is damaged is made again and overwritten: nobody waits for this, and it may fail. */
  function drop(name: string): void {
    session.send('write', name, ['UNLINK', name]).catch(() => {})
  }

  return {
    name: 'redis',
    async get(key, fate) {
      if (session.usable()) return turns(() => get(key, fate))
      fate?.unasked()
      return undefined
    },
    async put(key, artifact, lost) {
      const { byteLength } = artifact.bytes
      if (refused !== undefined || byteLength > LARGEST || !session.usable()) return 0
      const item = { key, artifact, lost }
      if (!queue.add(item, byteLength)) lose(item)
      return byteLength
    },
    has: async (key) => (await ask('EXISTS', key)) === 1,
    remove: async (key) => (await ask('UNLINK', key)) === 1,
    entries: (prefix = '') => scanEntries(session, options, { prefix: PREFIX, match: prefix }),
    clear: (prefix, fits) => clearKeys(session, options, { prefix: PREFIX, match: prefix, fits }),
    async settle() {
      // What failed was counted and said where it failed.
      await session.wait(queue.idle()).catch(() => {})
    },
    trouble() {
      const reason = session.reason() ?? refused
      return { failedWrites, ...(reason === undefined ? {} : { reason: `${options.shown} ${reason}` }) }
    },
    async close() {
      dropQueue()
      session.close()
    },
  }
}
