import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, reportFile, type BuildReport } from '@paceline/build-graph'
import { startCollector, type RunningCollector } from '@paceline/collector'
import { routedApp, runBuild, writeFixture } from '@paceline/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { paceline, type PacelineOptions } from '../../paceline.ts'
import { beaconOf, BROWSER } from '../testing/beacon.ts'
import { runIn } from '../testing/fake-io.ts'

const ROUTES = { '/': './lazy.js', '/about': './about.js', '/help': './help.js' }

async function openCollector(): Promise<RunningCollector> {
  const running = await startCollector(0, { dir: await writeFixture({}), redis: false, clickhouse: false })
  onTestFinished(() => running.close())
  return running
}

/** Builds the app and tells the collector of it, as deploys do. */
async function build(root: string, collector: string, options: PacelineOptions): Promise<BuildReport> {
  const plugins = paceline({ budgets: false, vitals: true, collector: { url: collector, strict: true }, ...options })
  await runBuild({ vite: 8, root, plugins })
  return readReport(reportFile(join(root, '.paceline'), 'client'))
}

async function visit({ url, collector }: RunningCollector, beacons: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'text/plain', 'user-agent': BROWSER }
  const body = JSON.stringify(beacons)
  expect((await fetch(`${url}/__paceline/beacon`, { method: 'POST', body, headers })).status).toBe(204)
  await collector.settle()
}

it('writes what one build and then the planner and the precache of the next understand', async () => {
  const running = await openCollector()
  const root = await writeFixture({ ...routedApp(ROUTES), 'src/help.js': "export default () => 'help'\n" })
  const { vitals } = await build(root, running.url, { chunks: false })
  const release = vitals!.build
  const pages = (route: string, count: number, from: number): object[] =>
    Array.from({ length: count }, (_, index) =>
      beaconOf(from + index, { release, route: vitals!.routes.indexOf(route) }),
    )
  const ran = (...more: string[]): ReturnType<typeof runIn> =>
    runIn(root, 'visits', '--url', running.url, '--output', 'visits.json', ...more)

  await visit(running, pages('/help', 90, 0))
  const early = await ran()
  expect([early.code, early.err]).toEqual([2, expect.stringContaining('PACELINE_VISITS_TOO_FEW')])
  expect(existsSync(join(root, 'visits.json'))).toBe(false)

  await visit(running, pages('/about', 29, 100))
  await visit(running, pages('/nowhere', 1, 200))
  expect(await ran()).toMatchObject({
    code: 0,
    out: '',
    err: `paceline: 120 visits in 28 days began on 2 of the 3 routes of ${release}, 75.0 % on /help, and 0.8 % on routes without a name.\npaceline: wrote visits.json\n`,
  })
  const text = await readFile(join(root, 'visits.json'), 'utf8')
  expect(text).toBe('{\n  "*": 0.025,\n  "/about": 0.725,\n  "/help": 2.25\n}\n')

  const visits = JSON.parse(text) as Record<string, number>
  const { serviceWorker, chunks } = await build(root, running.url, {
    chunks: { strategy: 'planned', weights: visits },
    serviceWorker: { precache: { routes: { mostVisited: 1, visits } } },
  })
  const stored = new Set(serviceWorker!.precache.entries.map(({ file }) => file))
  const holders = (id: string) => chunks.filter(({ modules }) => modules.some((one) => one.id === id))
  expect(holders('src/help.js').map(({ file }) => stored.has(file))).toEqual([true])
  expect(holders('src/about.js').map(({ file }) => stored.has(file))).toEqual([false])
  expect(existsSync(join(root, 'paceline.chunks.json'))).toBe(true)
}, 60_000)

it.each([
  [['--days', '0'], 'PACELINE_COLLECT_OPTION'],
  [['--days', '401'], 'PACELINE_COLLECT_OPTION'],
  [['--url', 'http://127.0.0.1:9'], 'PACELINE_COLLECTOR_UNREACHABLE'],
])('%j: says what is wrong, as JSON too, and writes nothing', async (argv, code) => {
  const root = await writeFixture({ 'visits.json': '{"/": 1}' })
  const ran = await runIn(root, 'visits', '--output', 'visits.json', '--json', ...argv)
  expect([ran.code, JSON.parse(ran.out)]).toMatchObject([2, { verdict: 'unknown', error: { code } }])
  expect(await readFile(join(root, 'visits.json'), 'utf8')).toBe('{"/": 1}')
})
