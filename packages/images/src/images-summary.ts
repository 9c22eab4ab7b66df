import { formatBytes } from '@paceline/kit'
import type { ImagesReport, ReportedImage } from './images-report.ts'

/**
 * What a build says about its images, in one line.
 *
 * @returns nothing when it has none
 */
export function imagesSummary({ files, unused }: ImagesReport): string | undefined {
  const made = files.filter(({ variants }) => variants.length > 0)
  const problems = files.filter(({ problem }) => problem !== undefined).length
  if (files.length === 0 && unused.length === 0) return undefined
  const before = sum(made.map(({ bytes }) => bytes))
  const after = sum(made.map(bestOf))
  const parts = [
    ...(made.length === 0
      ? []
      : [`${count(made.length, 'image')}, ${formatBytes(before)} → ${formatBytes(after)} in the best format`]),
    ...(problems === 0 ? [] : [`${count(problems, 'image')} left as ${problems === 1 ? 'it is' : 'they are'}`]),
    ...(unused.length === 0 ? [] : [`${count(unused.length, 'image')} that nothing uses`]),
  ]
  return `images: ${parts.join(' · ')}`
}

/** What a browser that knows everything loads at the largest width. */
function bestOf({ variants }: ReportedImage): number {
  const widest = Math.max(...variants.map(({ width }) => width))
  return Math.min(...variants.filter(({ width }) => width === widest).map(({ bytes }) => bytes))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
