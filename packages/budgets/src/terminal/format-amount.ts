import type { BudgetResult } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'

/** A figure in the unit of its budget: `'170 kB'`, `'12 requests'`, `'depth 3'`, `'1.25 %'`. */
export function formatAmount(value: number, unit: BudgetResult['unit']): string {
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 'percent') return `${Number(value.toFixed(2))} %`
  if (unit === 'requests') return `${value} ${value === 1 ? 'request' : 'requests'}`
  return `depth ${value}`
}

/** `'182.4 kB, limit 170 kB, 12.4 kB over'`. Sizes that look alike when rounded are written in bytes. */
export function formatVerdict({ actual, limit, unit }: Pick<BudgetResult, 'actual' | 'limit' | 'unit'>): string {
  const alike = unit === 'bytes' && formatBytes(actual) === formatBytes(limit) && actual !== limit
  const write = (value: number): string => (alike ? `${value} B` : formatAmount(value, unit))
  const over = actual - limit
  const overText = unit === 'requests' || unit === 'depth' ? String(over) : write(over)
  return `${write(actual)}, limit ${write(limit)}, ${overText} over`
}
