import type { Spread } from './statistics.ts'

export function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 10_000 ? 2 : 1)
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

export function times(ratio: number): string {
  return `${ratio.toFixed(3)}×`
}

export function milliseconds({ median, min, max }: Spread): string {
  return `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`
}

/** Of milliseconds. */
export function seconds({ median, min, max }: Spread): string {
  return `${(median / 1000).toFixed(2)} (${(min / 1000).toFixed(2)}–${(max / 1000).toFixed(2)})`
}

export function spreadTimes({ median, min, max }: Spread): string {
  return `${median.toFixed(2)}× (${min.toFixed(2)}–${max.toFixed(2)})`
}

/** A table of GitHub's Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
