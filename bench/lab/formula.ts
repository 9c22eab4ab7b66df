import { interactiveTime } from '@paceline/lab'
import type { Interval } from '@paceline/lab'
import { seeded } from '../../packages/testkit/src/seeded.ts'

/** Lighthouse's own computation, which is not part of its public API. */
interface LighthouseInteractive {
  findOverlappingQuietPeriods(
    longTasks: readonly Interval[],
    records: readonly object[],
    navigation: {
      readonly timestamps: {
        readonly timeOrigin: number
        readonly firstContentfulPaint: number
        readonly traceEnd: number
      }
    },
  ): { readonly cpuQuietPeriod: { readonly start: number } }
}

export interface FormulaAgreement {
  readonly pages: number
  /** Pages for which both say that the time is not known. */
  readonly unknown: number
  readonly different: number
}

/** Computes TTI of random pages with our function and with Lighthouse's: same tasks, same requests, same answer. */
export async function compareFormulas(pages: number): Promise<FormulaAgreement> {
  const name = 'lighthouse/core/computed/metrics/interactive.js'
  const { Interactive } = (await import(name)) as { readonly Interactive: LighthouseInteractive }
  const random = seeded(5)
  let unknown = 0
  let different = 0
  for (let page = 0; page < pages; page++) {
    const fcp = Math.floor(random() * 4000)
    const domContentLoaded = Math.floor(random() * 4000)
    const until = 20_000
    const longTasks = tasks(random)
    const requests = some(random, 14, 4000)
    const ours = interactiveTime({ fcp, domContentLoaded, longTasks, requests, until })
    const theirs = lighthouseTime(Interactive, { fcp, domContentLoaded, longTasks, requests, until })
    if (ours === undefined && theirs === undefined) unknown++
    else if (ours === undefined || theirs === undefined || Math.abs(ours - theirs) > 0.01) different++
  }
  return { pages, unknown, different }
}

type Page = Parameters<typeof interactiveTime>[0]

function lighthouseTime(
  interactive: LighthouseInteractive,
  { fcp, domContentLoaded, longTasks, requests, until }: Page,
): number | undefined {
  const records = requests.map(({ start, end }, index) => ({
    requestId: String(index),
    url: `https://app.example/${index}`,
    protocol: 'h2',
    parsedURL: { scheme: 'https' },
    finished: true,
    failed: false,
    statusCode: 200,
    requestMethod: 'GET',
    networkRequestTime: start,
    rendererStartTime: start,
    networkEndTime: end,
  }))
  try {
    const timestamps = { timeOrigin: 0, firstContentfulPaint: fcp * 1000, traceEnd: until * 1000 }
    const { cpuQuietPeriod } = interactive.findOverlappingQuietPeriods(longTasks, records, { timestamps })
    return Math.max(cpuQuietPeriod.start, fcp, domContentLoaded)
  } catch {
    // It says that there is none with an error.
    return undefined
  }
}

function some(random: () => number, most: number, longest: number): Interval[] {
  return Array.from({ length: Math.floor(random() * most) }, () => {
    const start = Math.floor(random() * 12_000)
    return { start, end: start + 50 + Math.floor(random() * longest) }
  })
}

/** Tasks of one thread: one after the other. */
function tasks(random: () => number): Interval[] {
  const list: Interval[] = []
  for (let at = Math.floor(random() * 3000); at < 14_000 && list.length < 9; at += 60 + Math.floor(random() * 3500)) {
    const end = at + 51 + Math.floor(random() * 400)
    list.push({ start: at, end })
    at = end
  }
  return list
}
