import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { pairedDifference, type Difference } from '../chunks/browser/paired-difference.ts'
import { spreadOf, type Spread } from '../lib/statistics.ts'
import { makeRelease, precacheOf, withWorkbox } from './make-release.ts'
import { ShapedLink, type Transfer } from './shaped-link.ts'
import { startServer } from './start-server.ts'
import { bytesOf, installTime, isLive, untilActive, untilLooked, visit, type Visit } from './visit.ts'

/** Visits of one page. */
interface PageResults {
  readonly path: string
  readonly first: { readonly bytes: Spread; readonly fcp: Spread }
  readonly repeat: RepeatResults
}

export interface WorkerResults extends PageResults {
  readonly rounds: number
  /** Another page, where less is live. */
  readonly also: PageResults
  /** LCP of first visits, with the worker less without. */
  readonly lcp: { readonly without: Spread; readonly with: Spread; readonly difference: Difference }
  readonly install: { readonly files: number; readonly bytes: number; readonly ours: Spread; readonly workbox: Spread }
  /** Of a deploy with one line changed. */
  readonly update: { readonly bytes: number; readonly precache: number }
}

interface RepeatResults {
  readonly bytes: Spread
  /** Of them: those of the build, and what looking for a new release takes. */
  readonly ofBuild: Spread
  readonly fcp: Spread
  /** Requests that the network did not see, as shares: of all, and of those for the build. */
  readonly fromCache: Spread
  readonly fromCacheOfBuild: Spread
  /** What the network was asked for in one of the visits. */
  readonly network: readonly Transfer[]
}

interface Setup {
  readonly app: string
  readonly folder: string
  readonly path: string
  readonly also: string
  readonly rounds: number
}

/** Builds the app with the worker and without, and measures visits, installations and an update over a slow link. */
export async function measureWorker(
  browser: Browser,
  { app, folder, path, also, rounds }: Setup,
): Promise<WorkerResults> {
  const places = { with: join(folder, 'with'), without: join(folder, 'without'), workbox: join(folder, 'workbox') }
  await makeRelease({ app, folder: places.without, worker: false })
  await makeRelease({ app, folder: places.with, worker: true })
  await withWorkbox(places.with, places.workbox)
  const precache = await precacheOf(places.with)
  const servers = {
    with: await startServer(app, places.with),
    without: await startServer(app, places.without),
    workbox: await startServer(app, places.workbox),
  }
  const link = new ShapedLink(servers.with.url)
  await link.listen()
  try {
    const visits = await measureVisits(browser, { link, servers, path, rounds })
    const alsoVisits = await measureVisits(browser, { link, servers, path: also, rounds })
    const install = { ours: [] as number[], workbox: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      link.target = servers.with.url
      install.ours.push(await installTime(browser, link, '/sw.js'))
      link.target = servers.workbox.url
      install.workbox.push(await installTime(browser, link, '/workbox-sw.js'))
    }
    link.target = servers.with.url
    const update = await measureUpdate(browser, link, path, async () => {
      await makeRelease({ app, folder: places.with, worker: true, edited: true })
      servers.with.close()
      servers.with = await startServer(app, places.with)
      link.target = servers.with.url
    })
    const bytes = precache.reduce((sum, entry) => sum + entry.bytes, 0)
    return {
      rounds,
      ...visits,
      also: { path: also, first: alsoVisits.first, repeat: alsoVisits.repeat },
      install: {
        files: precache.length,
        bytes,
        ours: spreadOf(install.ours),
        workbox: spreadOf(install.workbox),
      },
      update: { bytes: update, precache: bytes },
    }
  } finally {
    await link.close()
    for (const server of Object.values(servers)) server.close()
  }
}

interface Visits {
  readonly link: ShapedLink
  readonly servers: { readonly with: { readonly url: string }; readonly without: { readonly url: string } }
  readonly path: string
  readonly rounds: number
}

async function measureVisits(
  browser: Browser,
  { link, servers, path, rounds }: Visits,
): Promise<PageResults & Pick<WorkerResults, 'lcp'>> {
  const plain: Visit[] = []
  const first: Visit[] = []
  const repeat: Visit[] = []
  const firstWithout = async (): Promise<void> => {
    link.target = servers.without.url
    const context = await browser.newContext()
    plain.push(await visit(context, link, path))
    await context.close()
  }
  const bothWith = async (): Promise<void> => {
    link.target = servers.with.url
    const context = await browser.newContext()
    first.push(await visit(context, link, path, untilActive))
    repeat.push(await visit(context, link, path, untilLooked))
    await context.close()
  }
  // The first visits of a fresh browser are slower by far.
  await firstWithout()
  await bothWith()
  for (const list of [plain, first, repeat]) list.length = 0
  for (let round = 0; round < rounds; round++) {
    const pair = round % 2 === 0 ? [firstWithout, bothWith] : [bothWith, firstWithout]
    for (const one of pair) await one()
  }
  const of = (visits: readonly Visit[], key: 'fcp' | 'lcp'): number[] => visits.map((one) => one[key])
  return {
    path,
    // Without the worker's own downloads: what a visit costs.
    first: { bytes: spreadOf(plain.map(({ transfers }) => bytesOf(transfers))), fcp: spreadOf(of(plain, 'fcp')) },
    repeat: { ...describeRepeat(repeat), fcp: spreadOf(of(repeat, 'fcp')) },
    lcp: {
      without: spreadOf(of(plain, 'lcp')),
      with: spreadOf(of(first, 'lcp')),
      difference: pairedDifference(of(plain, 'lcp'), of(first, 'lcp')),
    },
  }
}

function describeRepeat(visits: readonly Visit[]): Omit<RepeatResults, 'fcp'> {
  const ofBuild = ({ transfers }: Visit): Transfer[] => transfers.filter((transfer) => !isLive(transfer))
  const files = (visit: Visit): number => ofBuild(visit).filter(({ path }) => path !== '/sw.js').length
  const live = ({ transfers }: Visit): number => transfers.filter(isLive).length
  return {
    bytes: spreadOf(visits.map(({ transfers }) => bytesOf(transfers))),
    ofBuild: spreadOf(visits.map((visit) => bytesOf(ofBuild(visit)))),
    // The browser's look for a new worker is no request of the page.
    fromCache: spreadOf(visits.map((visit) => 1 - (files(visit) + live(visit)) / visit.asked)),
    fromCacheOfBuild: spreadOf(visits.map((visit) => 1 - files(visit) / (visit.asked - live(visit)))),
    network: visits.at(-1)?.transfers ?? [],
  }
}

/** @returns bytes that came down from the look for a new release until it was installed */
async function measureUpdate(
  browser: Browser,
  link: ShapedLink,
  path: string,
  deploy: () => Promise<void>,
): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link.url + path, { waitUntil: 'networkidle' })
  await untilActive(page)
  // A page that asks for nothing else by itself.
  await page.goto(`${link.url}/robots.txt`)
  await deploy()
  link.reset()
  await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration('/'))!
    await registration.update()
    const end = performance.now() + 120_000
    while (!registration.waiting) {
      if (performance.now() > end) throw new Error('The new release was not installed in two minutes.')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })
  const bytes = bytesOf(link.transfers)
  await context.close()
  return bytes
}
