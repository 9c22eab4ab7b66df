import { formatBytes } from '@paceline/kit'
import type { FileRecord } from './ledger.ts'

/**
 * What compression did, in one line; nothing when there was nothing to do.
 *
 * @example 'paceline compress: 57 files, 2.06 MB → gzip 670.29 kB, brotli 578.08 kB, zstd 616.66 kB; skipped 43 below the threshold'
 */
export function compressSummary(records: readonly FileRecord[]): string | undefined {
  if (records.length === 0) return undefined
  const compressed = records.filter(({ status }) => status === 'compressed')
  const raw = compressed.reduce((sum, { bytes }) => sum + bytes, 0)
  const totals = new Map<string, number>()
  for (const { name, bytes } of compressed.flatMap(({ siblings }) => siblings)) {
    totals.set(name, (totals.get(name) ?? 0) + bytes)
  }
  const into = [...totals].map(([name, bytes]) => `${name} ${formatBytes(bytes)}`).join(', ')
  const skipped = Map.groupBy(
    records.filter(({ status }) => status === 'skipped'),
    ({ why }) => why,
  )
  const left = [...skipped].map(([why, group]) => `${group.length} ${why}`).join(', ')
  const files = `${compressed.length} ${compressed.length === 1 ? 'file' : 'files'}`
  const done = compressed.length === 0 ? 'nothing to compress' : `${files}, ${formatBytes(raw)} → ${into}`
  return `paceline compress: ${done}${left === '' ? '' : `; skipped ${left}`}`
}
