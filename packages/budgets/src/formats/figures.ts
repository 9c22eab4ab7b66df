import type { BudgetResult, ChainStep } from '@paceline/build-graph'
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

/** `src/format.ts:12`, or the file alone where the line is not known. */
export function formatPlace({ importer, line }: ChainStep): string {
  return line === undefined ? importer : `${importer}:${line}`
}

/** Ids of modules for people: no leading `\0`, no query. */
export function plainId(id: string): string {
  return id.replace(/^\0/, '').replace(/\?.*$/, '')
}

/** `1 budget`, `3 budgets`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : `${noun}s`}`
}
