import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readCharTable, type BuildReport, type CharTable } from '@paceline/build-graph'
import { startCollector } from '@paceline/collector'
import { writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from '../run.ts'
import { buildApp, writeApp } from '../testing/app.ts'
import { beaconOf, BROWSER, RELEASE } from '../testing/beacon.ts'
import { runIn } from '../testing/fake-io.ts'
import { runUntilStopped } from '../testing/run-serve.ts'

/** A collector that saw pages with these LCPs. */
async function collectorWith(values: readonly number[], culprit?: { readonly file: string; readonly char: number }) {
  const dir = await writeFixture({})
  const running = await startCollector(0, { dir, redis: false, clickhouse: false, minSamples: 20 })
  onTestFinished(() => running.close())
  const culprits = culprit ? { culprits: [{ metric: 'lcp', ms: 50, ...culprit }] } : {}
  const beacons = values.map((lcp, index) => beaconOf(index, { metrics: { lcp }, ...culprits }))
  const headers = { 'content-type': 'text/plain', 'user-agent': BROWSER }
  const body = JSON.stringify(beacons)
  if (beacons.length > 0) {
    const { status } = await fetch(`${running.url}/__paceline/beacon`, { method: 'POST', body, headers })
    expect(status).toBe(204)
  }
  await running.collector.settle()
  return running
}

describe('paceline slo check', () => {
  it('ends with 0 where the SLA holds, 1 where it is broken and 2 where it cannot be told', async () => {
    const pages = (slow: number): number[] => Array.from({ length: 40 }, (_, index) => (index < slow ? 6000 : 1000))
    for (const [values, code, verdict] of [
      [pages(10), 0, 'holds'],
      [pages(11), 1, 'broken'],
      [[6000], 2, 'not enough data'],
    ] as const) {
      const { url } = await collectorWith(values)
      const ran = await runIn('.', 'slo', 'check', '--release', RELEASE, '--url', url, '--json')
      expect(ran.code).toBe(code)
      expect(JSON.parse(ran.out)).toMatchObject({ verdict, pages: values.length })
      expect((await runIn('.', 'slo', 'check', '--release', RELEASE, '--url', url)).code).toBe(code)
    }
  })

  it('cannot tell where nobody answers, nor of what is no release', async () => {
    const silent = await runIn('.', 'slo', 'check', '--url', 'http://127.0.0.1:9')
    expect([silent.code, silent.err]).toEqual([2, expect.stringContaining('PACELINE_COLLECTOR_UNREACHABLE')])
    const unknown = await runIn('.', 'slo', 'check', '--release', 'main')
    expect(unknown.err).toContain('PACELINE_RELEASE_UNKNOWN')
  })
})

/** Where the first code of a module begins in its file. */
function tableOffset({ modules, runs }: CharTable, id: string): number {
  const at = runs.findIndex((value, index) => index % 2 === 1 && modules[value] === id)
  return runs.slice(0, at - 1).reduce((sum, value, index) => (index % 2 === 0 ? sum + value : sum), 0)
}

describe('paceline release push', () => {
  it('lets the collector name the module, its route and its owner', async () => {
    const root = await writeApp({ budgets: false })
    await writeFiles(root, { CODEOWNERS: '* @everybody\nsrc/greet.js @greeters\n' })
    await mkdir(join(root, '.git'), { recursive: true })
    await buildApp(root)
    const reportFile = join(root, '.paceline/report.json')
    const report = JSON.parse(await readFile(reportFile, 'utf8')) as BuildReport
    const hashes = report.files.filter(({ kind }) => kind === 'js').map(({ hash }) => hash)
    const tables = await Promise.all(hashes.map((hash) => readCharTable(join(root, '.paceline'), hash)))
    const table = tables.find((one) => one?.modules.includes('src/greet.js'))!
    const char = tableOffset(table, 'src/greet.js')
    // As pages with vitals call it, and number its routes.
    const vitals = { build: RELEASE, file: 'vitals.js', integrity: '', routes: ['/nowhere', '/'] }
    await writeFile(reportFile, JSON.stringify({ ...report, vitals }))
    const { url } = await collectorWith([9000], { file: basename(table.file), char })
    const ran = await runIn(root, 'release', 'push', '--url', url)
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(`Pushed ${RELEASE}`) })
    const slow = (await (await fetch(`${url}/__paceline/api/performance/slow`)).json()) as { modules: object[] }
    expect(slow.modules[0]).toMatchObject({ module: 'src/greet.js', owners: ['@greeters'], release: RELEASE })
    const dimensions = await (await fetch(`${url}/__paceline/api/dimensions`)).json()
    expect(dimensions).toMatchObject({ routeNames: { [RELEASE]: ['/nowhere', '/'] } })
  })
})

describe('paceline collect', () => {
  it('prints its address first, takes beacons, and ends with 0 when it is asked to stop', async () => {
    const cwd = await writeFixture({ 'sla.json': '{"lcp": 100}' })
    let out = ''
    let err = ''
    const ready = Promise.withResolvers<void>()
    const io = { cwd, color: false, columns: 100, err: (text: string) => void (err += text), open: async () => {} }
    const ended = run(['collect', '--port', '0', '--sla', 'sla.json', '--json', '--log'], {
      ...io,
      out: (text) => {
        out += text
        ready.resolve()
      },
    })
    await Promise.race([ready.promise, ended])
    const { url } = JSON.parse(out) as { url: string }
    expect((await fetch(`${url}/health/ready`)).status).toBe(200)
    const stats = (await (await fetch(`${url}/__paceline/api/performance/stats`)).json()) as { sla: object[] }
    expect(stats.sla[0]).toMatchObject({ name: 'lcp', target: 100 })
    process.emit('SIGTERM')
    expect(await ended).toBe(0)
    expect(
      err
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { event: string }).event),
    ).toEqual(['open', 'request', 'request', 'closed'])
  })

  it('says where its dashboard is and what it runs with', async () => {
    const cwd = await writeFixture({})
    const { url, err, stop } = await runUntilStopped(cwd, ['collect', '--port', '0'])
    expect(await stop()).toBe(0)
    expect(err().split('\n')).toEqual([
      `paceline: dashboard at ${url}/__paceline/dashboard/`,
      expect.stringContaining(`paceline: beacons in ${cwd}/.paceline/collector; kept 7 days`),
      '',
    ])
  })

  it.each([
    [['--port', 'x'], 'PACELINE_COLLECT_OPTION'],
    [['--sla', 'missing.json'], 'PACELINE_COLLECT_FILE'],
    [['--host', '0.0.0.0'], 'PACELINE_COLLECTOR_NO_TOKEN'],
  ])('%j: says what is wrong', async (argv, code) => {
    const ran = await runIn(await writeFixture({}), 'collect', ...argv)
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(code)])
  })
})
