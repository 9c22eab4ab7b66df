import { rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { contentDir, contentFile, temporaryDir } from './cacache-layout.ts'
import { contentBitmap } from './content-bitmap.ts'
import type { ContentBitmap } from './content-bitmap.ts'
import { diskTier } from './disk-tier.ts'
import { hourOf, planEviction } from './plan-eviction.ts'
import type { CacheLimits, EvictionPlan } from './plan-eviction.ts'
import { unlessGone, walkFiles } from './walk-files.ts'

/** What a pruning did. */
export interface PruneResult {
  /** Entries that were removed, and their bytes. */
  readonly entries: number
  readonly bytes: number
  /** Files that no entry refers to, and those of writers that died. */
  readonly strays: number
  /** What is left. */
  readonly keptEntries: number
  readonly keptBytes: number
}

/** A file that nobody refers to may be one whose entry is about to be written. No writer takes this long. */
const GRACE = 600_000

/**
 * Brings a directory under its limits: what was not used for longest goes first. It looks at every entry, twice if some have to go, and keeps
 * nothing of them but sums; so a million of them take time, not memory.
 *
 * Others may read, write and prune meanwhile: the worst that happens to them is a miss.
 */
export async function pruneDisk(dir: string, limits: CacheLimits, now: number = Date.now()): Promise<PruneResult> {
  const plan = planEviction(await countUse(dir, limits, now), limits.maxSize)
  const live = contentBitmap()
  const evicted = contentBitmap()
  const removed = await evict(dir, { limits, plan, now, live, evicted })
  return { ...removed, strays: await removeStrays(dir, { live, evicted, now }) }
}

/** Bytes by hour, of those that are not too old. */
async function countUse(dir: string, { maxAge }: CacheLimits, now: number): Promise<Map<number, number>> {
  const histogram = new Map<number, number>()
  for await (const { lastUsed, bytes } of diskTier(dir).entries()) {
    if (now - lastUsed > maxAge) continue
    const hour = hourOf(lastUsed)
    histogram.set(hour, (histogram.get(hour) ?? 0) + bytes)
  }
  return histogram
}

interface Contents {
  /** Of entries that stay. */
  readonly live: ContentBitmap
  /** Of entries that went. */
  readonly evicted: ContentBitmap
  readonly now: number
}

async function evict(
  dir: string,
  { limits, plan, now, live, evicted }: Contents & { readonly limits: CacheLimits; readonly plan: EvictionPlan },
): Promise<Omit<PruneResult, 'strays'>> {
  const result = { entries: 0, bytes: 0, keptEntries: 0, keptBytes: 0 }
  let { bytesOfHour } = plan
  for await (const { file, integrity, lastUsed, bytes } of diskTier(dir).entries()) {
    const hour = hourOf(lastUsed)
    const inLastHour = hour === plan.before && bytesOfHour > 0
    const digest = digestIn(contentFile(dir, integrity))
    if (now - lastUsed <= limits.maxAge && hour >= plan.before && !inLastHour) {
      live.add(digest)
      result.keptEntries++
      result.keptBytes += bytes
      continue
    }
    if (inLastHour) bytesOfHour -= bytes
    rmSync(file, { force: true })
    evicted.add(digest)
    result.entries++
    result.bytes += bytes
  }
  return result
}

/** Removes the contents of entries that went, and what nobody refers to, once it is old enough. Gives how many nobody had referred to. */
async function removeStrays(dir: string, { live, evicted, now }: Contents): Promise<number> {
  let strays = 0
  for await (const file of walkFiles(contentDir(dir))) {
    const digest = digestIn(file)
    if (live.has(digest)) continue
    const isStray = !evicted.has(digest)
    if (isStray && !isOld(file, now)) continue
    rmSync(file, { force: true })
    if (isStray) strays++
  }
  for await (const file of walkFiles(temporaryDir(dir))) {
    if (!isOld(file, now)) continue
    rmSync(file, { force: true })
    strays++
  }
  return strays
}

/** The digest that a content file is named after, in hex. */
function digestIn(file: string): string {
  const parent = dirname(file)
  return basename(dirname(parent)) + basename(parent) + basename(file)
}

function isOld(file: string, now: number): boolean {
  const stats = unlessGone(() => statSync(file))
  return stats !== undefined && now - stats.mtimeMs > GRACE
}
