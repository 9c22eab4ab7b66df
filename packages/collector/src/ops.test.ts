import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { traffic } from './testing/beacons.ts'
import { runCollector } from './testing/run-collector.ts'

const read = (name: string): Promise<string> => readFile(new URL(`../ops/${name}`, import.meta.url), 'utf8')

/** Of Prometheus, where it is installed. */
const promtool = process.env['PACELINE_PROMTOOL'] || 'promtool'
const hasPromtool = spawnSync(promtool, ['--version']).status === 0

/** Names of series in an expression of PromQL, without those that rules record. */
function seriesOf(text: string): string[] {
  return [...new Set(text.match(/(?<![:\w])(?:paceline|process|nodejs)_\w+(?!:)\b/g) ?? [])]
}

/** Inside the repository: packages are found from there. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache', import.meta.url))

/** What the compiler says of a dashboard under the types that Grafana publishes, which are generated from its schema. */
async function againstGrafanaSchema(dashboard: string): Promise<{ status: number | null; said: string }> {
  await mkdir(CACHE, { recursive: true })
  const dir = await mkdtemp(join(CACHE, 'grafana-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const module = createRequire(import.meta.url).resolve('@grafana/schema/package.json')
  const types = join(dirname(module), 'dist/types/raw/dashboard/x/types.gen.d.ts')
  const code = `import type { Dashboard } from ${JSON.stringify(types)}
// In JSON an enumeration is its value.
type Json<T> = T extends string ? \`\${T}\` : T extends object ? { [Key in keyof T]: Json<T[Key]> } : T
export const dashboard: Json<Dashboard> = ${dashboard}`
  await writeFile(join(dir, 'dashboard.ts'), code)
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2024', types: [] }
  const allowed = { allowImportingTsExtensions: true, skipLibCheck: true }
  const config = { compilerOptions: { ...compilerOptions, ...allowed }, files: ['dashboard.ts'] }
  await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(config))
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json')
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dirname(tsc), 'bin/tsc'), '-p', dir], {
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

describe('what is ready-made', () => {
  it('has a dashboard by the schema of Grafana', async () => {
    const grafana = await read('grafana.json')
    expect(await againstGrafanaSchema(grafana)).toEqual({ status: 0, said: '' })
    for (const wrong of [
      grafana.replace('"gridPos"', '"gridPosition"'),
      grafana.replace(/"refresh": "\w+"/, '"refresh": 60'),
      grafana.replace('"schemaVersion"', '"schema"'),
    ]) {
      expect(await againstGrafanaSchema(wrong)).toMatchObject({ said: expect.stringContaining('dashboard.ts') })
    }
  })

  it('asks for series that /metrics has', async () => {
    const { post, get, collector } = await runCollector()
    for (const one of traffic(300, 3)) await post(one)
    await collector.settle()
    await get('/__paceline/api/dimensions')
    const metrics = await (await get('/metrics')).text()
    const known = new Set([...metrics.matchAll(/^(\w+)(?:\{| )/gm)].map(([, name]) => name))
    const grafana = await read('grafana.json')
    const { panels } = JSON.parse(grafana) as { panels: { targets: { expr: string }[] }[] }
    const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => seriesOf(expr)))
    const rules = (await read('prometheus.rules.yml')).match(/expr: .*/g)!.flatMap(seriesOf)
    expect(asked.length).toBeGreaterThan(8)
    expect(rules.length).toBeGreaterThan(6)
    expect([...asked, ...rules].filter((name) => !known.has(name))).toEqual([])
    // The edges that rules and panels ask for are among those of the histograms.
    for (const [, le] of `${grafana}${rules.join()}`.matchAll(/le=\\?"([\d.]+)\\?"/g))
      expect(metrics).toContain(`le="${le}"`)
  })

  it.skipIf(!hasPromtool)('has rules that promtool takes', () => {
    const file = fileURLToPath(new URL('../ops/prometheus.rules.yml', import.meta.url))
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'rules', file], { encoding: 'utf8' })
    expect([status, stdout + stderr]).toEqual([0, expect.stringMatching(/SUCCESS: \d+ rules found/)])
  })

  it.skipIf(!hasPromtool)('asks in panels for what promtool takes, too', async () => {
    const { panels } = JSON.parse(await read('grafana.json')) as { panels: { targets: { expr: string }[] }[] }
    const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
    const dir = await mkdtemp(join(tmpdir(), 'paceline-panels-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    // Panels have no checker of their own: each is written down as a rule. JSON is YAML.
    const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }))
    await writeFile(join(dir, 'panels.yml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }))
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'rules', join(dir, 'panels.yml')], {
      encoding: 'utf8',
    })
    expect([status, stdout + stderr]).toEqual([
      0,
      expect.stringContaining(`SUCCESS: ${expressions.length} rules found`),
    ])
  })

  it.skipIf(!hasPromtool)('has metrics that promtool can read', async () => {
    const { post, get, collector } = await runCollector()
    await post(traffic(100, 3))
    await post('{')
    await collector.settle()
    const input = await (await get('/metrics')).text()
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { encoding: 'utf8', input })
    // It has views on names: vitals are told in milliseconds everywhere, and names of `nodejs_` are those that dashboards for Node.js know.
    const style = /^(?:nodejs_\w+_total non-counter metrics|paceline_\w+_milliseconds use base unit)/
    expect([status, `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !style.test(line))]).toEqual([
      3,
      [],
    ])
  })

  it('is a dashboard as Grafana takes it: every panel has its own place, number and data source', async () => {
    const { panels, schemaVersion, uid } = JSON.parse(await read('grafana.json')) as {
      schemaVersion: number
      uid: string
      panels: {
        id: number
        type: string
        gridPos: { x: number; y: number; w: number; h: number }
        datasource: object
      }[]
    }
    expect([schemaVersion, uid]).toEqual([39, 'paceline'])
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
  })
})
