import { BUNDLER_ID, CONTAINER_ID, type ModuleShare } from '../report.ts'
import { brotliCosts } from './attribution/brotli-costs.ts'
import { gzipCosts } from './attribution/gzip-costs.ts'
import { shareBytes } from './attribution/share-bytes.ts'
import type { EmittedFile } from './build-input.ts'
import { toByteRanges, type OwnedRange } from './ownership/ranges.ts'

/**
 * The exact part each owner has of a file, raw and in the emitted gzip and brotli streams. Adds up to the file.
 *
 * @param ranges over the code units of `text`, owners index `ids`, negative owners are the bundler
 * @param text the decoded content of the file
 */
export function moduleShares(
  file: EmittedFile,
  text: string,
  ranges: readonly OwnedRange[],
  ids: readonly string[],
): ModuleShare[] {
  const bundler = ids.length
  const owners = toByteRanges(ranges, text, file.content.byteLength).map(({ start, end, owner }) => ({
    start,
    end,
    owner: owner < 0 ? bundler : owner,
  }))
  const raw = new Float64Array(ids.length + 1)
  for (const { start, end, owner } of owners) raw[owner]! += end - start
  const { gzip, brotli } = file.streams
  const inGzip = shareBytes(gzipCosts(gzip, file.content), gzip.byteLength, owners, ids.length + 1)
  const inBrotli = shareBytes(brotliCosts(brotli, file.content), brotli.byteLength, owners, ids.length + 1)
  const shares = [...ids, BUNDLER_ID].map((id, owner) => ({
    id,
    raw: raw[owner]!,
    gzip: inGzip.owners[owner]!,
    brotli: inBrotli.owners[owner]!,
  }))
  const container = { id: CONTAINER_ID, raw: 0, gzip: inGzip.container, brotli: inBrotli.container }
  return [...merged(shares), container]
    .filter((share) => share.raw + share.gzip + share.brotli > 0)
    .sort((a, b) => b.raw - a.raw || (a.id < b.id ? -1 : 1))
}

/** Several bundler ids may be shown under one name. */
function merged(shares: readonly ModuleShare[]): ModuleShare[] {
  const byId = new Map<string, ModuleShare>()
  for (const share of shares) {
    const known = byId.get(share.id)
    byId.set(
      share.id,
      known
        ? {
            id: share.id,
            raw: known.raw + share.raw,
            gzip: known.gzip + share.gzip,
            brotli: known.brotli + share.brotli,
          }
        : share,
    )
  }
  return [...byId.values()]
}
