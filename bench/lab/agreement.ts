import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createProgress, measureRoutes, medianOf, openSite, profileOf, withBrowser } from '@paceline/lab'
import type { Median, OpenSite } from '@paceline/lab'
import { appIn } from '../chunks/apps.ts'
import type { BenchApp } from '../chunks/apps.ts'
import { runLighthouse } from './run-lighthouse.ts'
import { visitOnce } from './same-visit.ts'
import type { SameVisit } from './same-visit.ts'

/** TTI of a page, ms, as Lighthouse and as we say it. */
export interface Agreement {
  readonly page: string
  /** Of visits of their own, in turn. */
  readonly ownVisits?: OwnVisits
  /** Both of the same visit: the same trace, and the network as each records it. */
  readonly sameVisits: readonly SameVisit[]
}

interface OwnVisits {
  readonly lighthouse: string
  readonly theirs: Median
  readonly ours: Median
}

export interface AgreementOptions {
  /** Visits of their own, each in a fresh browser; 0 leaves them out. */
  readonly runs: number
  /** Visits of which both say the time. */
  readonly same: number
}

/** A fresh browser's first visits do not count, on either side. */
const WARM_UPS = 2
/** The playground's pages ask its own server. */
const PLAYGROUND_SERVER =
  '"{node}" server/main.ts --port 0 --dist "{dist}" --now 2026-11-20 --beacons ../.cache/beacons/bench-lab'

/** Builds an app as it comes, serves it, and has its first page measured by both. */
export async function agreeOn(folder: string, { runs, same }: AgreementOptions): Promise<Agreement> {
  const app = appIn(folder)
  build(folder, app)
  const site = await serve(folder, app)
  try {
    const url = new URL(app.pages[0]!, site.url).href
    const ownVisits = runs === 0 ? undefined : await visitInTurn(app.name, url, runs)
    const sameVisits: SameVisit[] = []
    await withBrowser(async (browser) => {
      for (let run = -WARM_UPS; run < same; run++) {
        const seen = await visitOnce(browser, url)
        const { ours, theirs } = seen
        process.stderr.write(
          `${app.name}, same visit ${run + 1} of ${same}: Lighthouse ${show(theirs)}, we ${show(ours)}\n`,
        )
        if (run >= 0) sameVisits.push(seen)
      }
    })
    return { page: `${app.name} ${app.pages[0]}`, ...(ownVisits === undefined ? {} : { ownVisits }), sameVisits }
  } finally {
    await site.close()
  }
}

async function visitInTurn(name: string, url: string, runs: number): Promise<OwnVisits> {
  const theirs: number[] = []
  const ours: number[] = []
  let version = ''
  for (let run = -WARM_UPS; run < runs; run++) {
    const their = await runLighthouse(url)
    const our = await visitOurselves(url)
    version = their.version
    process.stderr.write(`${name}, ${run + 1} of ${runs}: Lighthouse ${show(their.interactive)}, we ${show(our)}\n`)
    if (run < 0) continue
    if (their.interactive !== undefined) theirs.push(their.interactive)
    if (our !== undefined) ours.push(our)
  }
  return { lighthouse: version, theirs: medianOf(theirs), ours: medianOf(ours) }
}

function build(folder: string, { env }: BenchApp): void {
  const manifest = createRequire(join(folder, 'package.json')).resolve('vite/package.json')
  const vite = join(dirname(manifest), 'bin/vite.js')
  // What is measured of the playground is this release: files of earlier ones are left out.
  const environment = { ...process.env, ...env, LUMEN_RELEASES: '0' }
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    env: environment,
    stdio: 'inherit',
  })
}

function serve(folder: string, { name }: BenchApp): Promise<OpenSite> {
  const own = name === 'playground' ? PLAYGROUND_SERVER.replace('{node}', process.execPath) : undefined
  return openSite({ given: 'dist', cwd: folder, serve: own })
}

/** In a browser of its own, as Lighthouse's visits are. */
async function visitOurselves(url: string): Promise<number | undefined> {
  const { origin, pathname } = new URL(url)
  const [found] = await withBrowser((browser) =>
    measureRoutes(browser, {
      url: origin,
      routes: [pathname],
      profiles: [profileOf('slow-4g-4x')],
      kinds: ['cold'],
      runs: 1,
      warmUps: 0,
      timeout: 90_000,
      insecure: false,
      sla: undefined,
      progress: createProgress(() => undefined),
    }),
  )
  return found?.metrics.tti?.median
}

function show(ms: number | undefined): string {
  return ms === undefined ? 'has none' : `${Math.round(ms)} ms`
}
