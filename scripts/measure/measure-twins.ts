import {
  createProgress,
  measureRoutes,
  medianOf,
  openSite,
  profileOf,
  withBrowser,
} from '../../packages/lab/src/index.ts'
import type { Median, MetricName, OpenSite, RequestSum, RouteMeasurement } from '../../packages/lab/src/index.ts'

/** Shown of each build: times in ms, layout shift without a unit. */
export const METRICS = ['fcp', 'lcp', 'tti', 'tbt', 'cls'] as const satisfies readonly MetricName[]

/** What the visits of one build say. */
export interface TwinFigures {
  readonly metrics: Readonly<Partial<Record<(typeof METRICS)[number], Median>>>
  /** Of the last visit: the same in all of them. */
  readonly script: RequestSum
  readonly all: RequestSum
}

export interface Twins {
  readonly browser: string
  /** Visits of each that count. */
  readonly runs: number
  readonly ours: TwinFigures
  readonly twin: TwinFigures
}

export interface TwinsRequest {
  /** Folder of the playground, absolute. */
  readonly playground: string
  readonly route: string
  readonly profile: string
  readonly runs: number
  /** Takes a line about what is being done. */
  readonly say: (line: string) => void
}

/** Those of a fresh browser are slower by far. */
const WARM_UPS = 2
const TIMEOUT = 90_000
const NOTHING: RequestSum = { requests: 0, transferred: 0, decoded: 0, cached: 0 }

/** Visits both builds of the playground in turn, so that what else the machine does meets both. */
export async function measureTwins({ playground, route, profile, runs, say }: TwinsRequest): Promise<Twins> {
  const sites: OpenSite[] = []
  const open = async (dist: string, reports: string): Promise<OpenSite> => {
    const beacons = `../.cache/beacons/measure-${dist}`
    const serve = `"${process.execPath}" server/main.ts --port 0 --dist {dist} --now 2026-11-20 --reports ${reports} --beacons ${beacons}`
    const site = await openSite({ given: dist, cwd: playground, serve })
    sites.push(site)
    return site
  }
  try {
    const ours = await open('dist', '.paceline')
    // What Paceline knows of its own build says nothing of the other one.
    const twin = await open('dist-baseline', '.paceline/no-reports')
    const progress = createProgress(say)
    return await withBrowser(async (browser) => {
      const seen = { ours: [] as RouteMeasurement[], twin: [] as RouteMeasurement[] }
      const visit = async (which: 'ours' | 'twin', run: number): Promise<void> => {
        const [one] = await measureRoutes(browser, {
          url: (which === 'ours' ? ours : twin).url,
          routes: [route],
          profiles: [profileOf(profile)],
          kinds: ['cold'],
          runs: 1,
          warmUps: 0,
          timeout: TIMEOUT,
          insecure: false,
          sla: undefined,
          progress,
        })
        if (run >= 0) seen[which].push(one!)
      }
      for (let run = -WARM_UPS; run < runs; run++) {
        for (const which of run % 2 === 0 ? (['ours', 'twin'] as const) : (['twin', 'ours'] as const)) {
          await visit(which, run)
        }
      }
      return { browser: browser.version(), runs, ours: figuresOf(seen.ours), twin: figuresOf(seen.twin) }
    })
  } finally {
    await Promise.all(sites.map((site) => site.close()))
  }
}

function figuresOf(visits: readonly RouteMeasurement[]): TwinFigures {
  const metrics = METRICS.flatMap((metric) => {
    const values = visits.flatMap(({ metrics: figures }) => figures[metric]?.values ?? [])
    // A figure that most visits do not have is not known.
    return values.length * 2 > visits.length ? [[metric, medianOf(values)] as const] : []
  })
  const { script = NOTHING, all = NOTHING } = visits.at(-1)?.requests ?? {}
  return { metrics: Object.fromEntries(metrics), script, all }
}
