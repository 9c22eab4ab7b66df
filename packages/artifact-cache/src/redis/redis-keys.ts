import { cacheError } from '../errors.ts'
import type { ResolvedRedisOptions } from '../options.ts'
import type { TierEntry } from '../tiers/tier.ts'
import { describeTrouble } from './describe-trouble.ts'
import type { SendCommand } from './redis-link.ts'
import type { RedisSession } from './redis-session.ts'

/** Which keys: those that begin with `prefix` and then `match`. */
export interface KeyRange {
  readonly prefix: string
  readonly match: string
}

/** Someone asked for this and waits for it, so it may take longer than a build would. */
const PATIENCE = 10_000

/**
 * All entries, from every master. A key that moves while Redis resizes its table may come twice (see SCAN).
 *
 * @throws `PACELINE_CACHE_REDIS_UNREACHABLE`
 */
export async function* scanEntries(
  session: RedisSession,
  options: ResolvedRedisOptions,
  range: KeyRange,
): AsyncGenerator<TierEntry> {
  for await (const { keys, send } of pagesOfKeys(session, options, range)) {
    const sizes = await reach(options, Promise.all(keys.map((key) => send(['STRLEN', key]))))
    const rests = await reach(options, Promise.all(keys.map((key) => send(['PTTL', key]))))
    const now = Date.now()
    for (const [index, key] of keys.entries()) {
      const rest = Number(rests[index])
      // Gone between the questions.
      if (rest === -2) continue
      const lastUsed = rest < 0 ? now : now - (options.ttl * 1000 - rest)
      yield { key: key.slice(range.prefix.length), bytes: Number(sizes[index]), lastUsed }
    }
  }
}

/**
 * Removes keys from every master, each by a command of its own: two keys of one command may lie in different slots of a cluster.
 *
 * @throws `PACELINE_CACHE_REDIS_UNREACHABLE`
 */
export async function clearKeys(
  session: RedisSession,
  options: ResolvedRedisOptions,
  range: KeyRange & { readonly fits: (key: string) => boolean },
): Promise<{ entries: number; bytes: number }> {
  const cleared = { entries: 0, bytes: 0 }
  for await (const { keys, send } of pagesOfKeys(session, options, range)) {
    const fitting = keys.filter((key) => range.fits(key.slice(range.prefix.length)))
    const sizes = await reach(options, Promise.all(fitting.map((key) => send(['STRLEN', key]))))
    const removed = await reach(options, Promise.all(fitting.map((key) => send(['UNLINK', key]))))
    for (const [index, count] of removed.entries()) {
      if (count !== 1) continue
      cleared.entries++
      cleared.bytes += Number(sizes[index])
    }
  }
  return cleared
}

interface Page {
  readonly keys: readonly string[]
  readonly send: SendCommand
}

async function* pagesOfKeys(
  session: RedisSession,
  options: ResolvedRedisOptions,
  { prefix, match }: KeyRange,
): AsyncGenerator<Page> {
  const pattern = `${escapeGlob(prefix + match)}*`
  for (const send of await mastersOf(session, options)) {
    let cursor = '0'
    do {
      const page = send(['SCAN', cursor, 'MATCH', pattern, 'COUNT', '1000']) as Promise<[string, string[]]>
      const [next, keys] = await reach(options, page)
      cursor = next
      if (keys.length > 0) yield { keys, send }
    } while (cursor !== '0')
  }
}

/** A node of a cluster scans its own keys only, and does not say so. */
async function mastersOf(session: RedisSession, options: ResolvedRedisOptions): Promise<readonly SendCommand[]> {
  const link = await reach(options, session.link('read'))
  const [first] = link.masters()
  const info = String(await reach(options, first!(['INFO', 'cluster'])))
  if (!info.includes('cluster_enabled:1')) return link.masters()
  session.becomeCluster()
  return (await reach(options, session.link('read'))).masters()
}

async function reach<Result>(options: ResolvedRedisOptions, answer: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE)
  try {
    return await Promise.race([answer, promise])
  } catch (error) {
    const { problem } = describeTrouble(error, options)
    throw cacheError('PACELINE_CACHE_REDIS_UNREACHABLE', [options.shown, `it ${problem}`], { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** Redis takes `*`, `?`, `[` and `\` for patterns; npm allows some of them in names. */
function escapeGlob(text: string): string {
  return text.replace(/[*?[\]\\^-]/g, String.raw`\$&`)
}
