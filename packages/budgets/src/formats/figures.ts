import type { BudgetResult, ChainStep } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'

type Unit = BudgetResult['unit']

/** A figure with its unit, and for bytes the encoding: `170.2 kB brotli`, `12 requests`, `3 steps deep`, `1.2 %`. */
export function formatFigure(value: number, { unit, encoding }: Pick<BudgetResult, 'unit' | 'encoding'>): string {
  return unit === 'bytes' ? `${formatBytes(value)} ${encoding}` : plainFigure(value, unit)
}

/** The same without the encoding, where a heading says it. */
export function plainFigure(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value)
    case 'requests':
      return `${value} ${value === 1 ? 'request' : 'requests'}`
    case 'depth':
      return `${value} ${value === 1 ? 'step' : 'steps'} deep`
    case 'percent':
      return `${Number(value.toFixed(2))} %`
  }
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
