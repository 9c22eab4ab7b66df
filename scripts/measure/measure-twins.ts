import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import {
  createProgress,
  measureRoutes,
  medianOf,
  openSite,
  profileOf,
  withBrowser,
} from '../../packages/lab/src/index.ts'
import type { Median, MetricName, OpenSite, RequestSum, RouteMeasurement } from '../../packages/lab/src/index.ts'
import { gzipCopy } from './gzip-copy.ts'

/** Shown of each build: times in ms, layout shift without a unit. */
export const METRICS = ['fcp', 'lcp', 'tti', 'tbt', 'cls'] as const satisfies readonly MetricName[]

/** What the visits of one build say. */
export interface TwinFigures {
  readonly metrics: Readonly<Partial<Record<(typeof METRICS)[number], Median>>>
  /** Of the last visit: the same in all of them. */
  readonly script: RequestSum
  readonly all: RequestSum
}

/** The playground, its twin from a server that sends texts in gzip, and the twin from one that sends files as they were built. */
export const BUILDS = ['ours', 'gzip', 'plain'] as const
export type BuildName = (typeof BUILDS)[number]

export interface Twins extends Readonly<Record<BuildName, TwinFigures>> {
  readonly browser: string
  /** Visits of each that count. */
  readonly runs: number
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
/** The steps are told here. */
const quiet = createProgress(() => undefined)
const NOTHING: RequestSum = { requests: 0, transferred: 0, decoded: 0, cached: 0 }

/** Visits the builds in turn, so that what else the machine does meets all of them. */
export async function measureTwins({ playground, route, profile, runs, say }: TwinsRequest): Promise<Twins> {
  const sites: OpenSite[] = []
  const copy = await mkdtemp(join(tmpdir(), 'paceline-twin-'))
  const open = async (dist: string, reports: string): Promise<string> => {
    const beacons = `../.cache/beacons/measure-${basename(dist)}`
    const serve = `"${process.execPath}" server/main.ts --port 0 --dist "{dist}" --now 2026-11-20 --reports ${reports} --beacons "${beacons}"`
    const site = await openSite({ given: dist, cwd: playground, serve })
    sites.push(site)
    return site.url
  }
  try {
    await gzipCopy(join(playground, 'dist-baseline'), copy)
    // What Paceline knows of its own build says nothing of the others.
    const none = '.paceline/no-reports'
    const urls: Record<BuildName, string> = {
      ours: await open('dist', '.paceline'),
      gzip: await open(copy, none),
      plain: await open('dist-baseline', none),
    }
    const progress = createProgress(say)
    return await withBrowser(async (browser) => {
      const seen: Record<BuildName, RouteMeasurement[]> = { ours: [], gzip: [], plain: [] }
      progress.expect((WARM_UPS + runs) * BUILDS.length)
      for (let run = -WARM_UPS; run < runs; run++) {
        for (const build of run % 2 === 0 ? BUILDS : BUILDS.toReversed()) {
          progress.step(`${build}, ${run < 0 ? 'warming up' : `visit ${run + 1} of ${runs}`}`)
          const [one] = await measureRoutes(browser, {
            url: urls[build],
            routes: [route],
            profiles: [profileOf(profile)],
            kinds: ['cold'],
            runs: 1,
            warmUps: 0,
            timeout: TIMEOUT,
            insecure: false,
            sla: undefined,
            progress: quiet,
          })
          if (run >= 0) seen[build].push(one!)
        }
      }
      const [ours, gzip, plain] = [figuresOf(seen.ours), figuresOf(seen.gzip), figuresOf(seen.plain)]
      return { browser: browser.version(), runs, ours, gzip, plain }
    })
  } finally {
    await Promise.all(sites.map((site) => site.close()))
    await rm(copy, { recursive: true, force: true })
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
