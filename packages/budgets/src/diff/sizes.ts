import type { Sizes } from '@paceline/build-graph'
import type { Change, Status } from './report-diff.ts'

type Figures<Key extends string> = Readonly<Record<Key, number>>

/** The change of the named figures; the other fields of both sides are left behind. */
export function changeOf<const Key extends string>(
  keys: readonly Key[],
  before: Figures<Key> | undefined,
  after: Figures<Key> | undefined,
): Change<Figures<Key>> {
  const pick = (value: (key: Key) => number) =>
    Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, number>
  return {
    before: pick((key) => before?.[key] ?? 0),
    after: pick((key) => after?.[key] ?? 0),
    delta: pick((key) => (after?.[key] ?? 0) - (before?.[key] ?? 0)),
  }
}

export const SIZES = ['raw', 'gzip', 'brotli'] as const
export const FILE_SIZES = ['raw', 'gzip', 'brotli', 'zstd'] as const

export function sumSizes(list: Iterable<Sizes>): Sizes {
  const sum = { raw: 0, gzip: 0, brotli: 0 }
  for (const { raw, gzip, brotli } of list) {
    sum.raw += raw
    sum.gzip += gzip
    sum.brotli += brotli
  }
  return sum
}

export function sumFileSizes(list: Iterable<Sizes & { readonly zstd: number }>): Sizes & { readonly zstd: number } {
  const all = [...list]
  return { ...sumSizes(all), zstd: all.reduce((sum, { zstd }) => sum + zstd, 0) }
}

export function statusOf(before: unknown, after: unknown): Status {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

/** Biggest change first, whatever its sign; ties by name, so that the order never depends on the input's. */
export function biggestFirst<Item extends { readonly delta: Sizes }>(
  items: Iterable<Item>,
  name: (item: Item) => string,
): Item[] {
  return [...items].sort(
    (a, b) =>
      Math.abs(b.delta.brotli) - Math.abs(a.delta.brotli) ||
      Math.abs(b.delta.raw) - Math.abs(a.delta.raw) ||
      compare(name(a), name(b)),
  )
}

/** By code unit, the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
