import type { BudgetResult } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { formatAmount } from '../terminal/format-amount.ts'

/** A figure with its unit, and for bytes the encoding: `170.2 kB brotli`, `12 requests`, `depth 3`, `1.2 %`. */
export function formatFigure(value: number, { unit, encoding }: Pick<BudgetResult, 'unit' | 'encoding'>): string {
  return unit === 'bytes' ? `${formatBytes(value)} ${encoding}` : formatAmount(value, unit)
}

/** By how much a figure is over its limit; counts have no unit of their own there. */
export function formatOver({ actual, limit, unit }: Pick<BudgetResult, 'actual' | 'limit' | 'unit'>): string {
  const over = actual - limit
  return unit === 'requests' || unit === 'depth' ? String(over) : formatAmount(over, unit)
}

/** Share of a limit that is left; infinite for a limit of 0, which has nothing to use up. */
export function marginOf({ limit, actual }: Pick<BudgetResult, 'actual' | 'limit'>): number {
  return limit === 0 ? Infinity : (limit - actual) / limit
}

/** Sorts what will break first to the front. */
export function byMargin(a: BudgetResult, b: BudgetResult): number {
  const [x, y] = [marginOf(a), marginOf(b)]
  return x === y ? 0 : x - y
}

/** `1 budget`, `3 budgets`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : `${noun}s`}`
}
