import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { writeFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { buildApp, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'
import type { WhyAnswer } from './explain-subject.ts'
import type { MeasuredCut } from './measure-cut.ts'

/** Three modules use a helper, and only the helper imports the package; a fourth one imports it by itself. */
const sources = {
  'src/main.js':
    "import { a } from './a.js'\nimport { b } from './b.js'\nimport { c } from './c.js'\nconsole.log(a(), b(), c())\n",
  'src/a.js': "import { help } from './help.js'\nexport const a = () => help('a')\n",
  'src/b.js': "import { help } from './help.js'\nexport const b = () => help('b')\n",
  'src/c.js':
    "import { help } from './help.js'\nimport { data } from 'heavy'\nexport const c = () => help('c') + data.join()\n",
  'src/help.js': "import { data } from 'heavy'\nexport const help = (name) => name + data.length\n",
}

type Json = WhyAnswer & { readonly measured?: MeasuredCut }

describe.each([7, 8] as const)('paceline why, on Vite %d', (vite) => {
  it('shows every chain, the fewest imports to cut, and what a build without them saves', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, sources)
    await buildApp(root, vite)
    const { code, out } = await runIn(root, 'why', 'heavy', '--all')
    expect(code).toBe(0)
    expect(out).toContain('  index.html → src/main.js:3 → src/c.js:2 → heavy\n')
    expect(out).toContain('  index.html → src/main.js:1 → src/a.js:1 → src/help.js:1 → heavy\n')
    expect(out).toMatch(
      /cheapest cut {2}2 imports[^]*src\/c\.js:2 → node_modules\/heavy[^]*src\/help\.js:1 → node_modules\/heavy/,
    )

    const before = await readReport(join(root, '.paceline/report.json'))
    const json = JSON.parse((await runIn(root, 'why', 'heavy', '--rebuild', '--json')).out) as Json
    expect(json.cut!.imports.map(({ importer, line }) => [importer, line])).toEqual([
      ['src/c.js', 2],
      ['src/help.js', 1],
    ])
    expect(json.cut!.loses).toEqual([])
    expect(json.loads[0]!.chains).toHaveLength(2)
    // By hand, with a package that weighs nothing.
    await writeFiles(root, { 'node_modules/heavy/index.js': 'export const data = globalThis.heavy\n' })
    await buildApp(root, vite)
    const after = await readReport(join(root, '.paceline/report.json'))
    const saved = firstLoad(before) - firstLoad(after)
    expect(saved).toBeGreaterThan(1000)
    const [route] = json.measured!.loads.routes
    expect(route!.saves).toBeCloseTo(saved, -1.5)
    // The estimate is right up to what a compressor makes of the rest.
    expect(Math.abs(json.cut!.estimate.brotli - saved) / saved).toBeLessThan(0.05)
  })

  it('tells the copies of a package apart, each with the way to it', async () => {
    const root = await writeApp({ vite })
    const copy = '{"name":"heavy","version":"9.0.0","type":"module","main":"index.js"}'
    await writeFiles(root, {
      'src/main.js': "import { data } from 'heavy'\nimport { ui } from 'ui'\nconsole.log(data, ui)\n",
      'node_modules/ui/package.json': '{"name":"ui","version":"1.0.0","type":"module","main":"index.js"}',
      'node_modules/ui/index.js': "export { data as ui } from 'heavy'\n",
      'node_modules/ui/node_modules/heavy/package.json': copy,
      'node_modules/ui/node_modules/heavy/index.js': 'export const data = globalThis.heavy\n',
    })
    await buildApp(root, vite)
    const { out } = await runIn(root, 'why', 'heavy')
    expect(out).toMatch(/^heavy 2\.30\.1, 9\.0\.0 {2}/)
    expect(out).toContain('bundled  2 times')
    expect(out).toContain('  2.30.1 in node_modules/heavy: index.html → src/main.js:1 → heavy\n')
    expect(out).toContain(
      '  9.0.0 in node_modules/ui/node_modules/heavy: index.html → src/main.js:2 → node_modules/ui/index.js → heavy\n',
    )
  })

  it('knows what workers import, and what a build without it loses', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, {
      'src/main.js': [
        "import Inline from './inline.js?worker&inline'",
        'const start = () =>',
        "  new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })",
        'console.log(start, new Inline())',
      ].join('\n'),
      'src/worker.js': "import { data } from 'heavy'\npostMessage(data)\n",
      'src/inline.js': "import { text } from './text.js'\npostMessage(text)\n",
      'src/text.js': "export const text = globalThis.text('of the worker')\n",
    })
    await buildApp(root, vite)
    const { out } = await runIn(root, 'why', 'heavy', '--rebuild')
    expect(out).toContain('later  no route loads it at first')
    expect(out).toContain('  index.html → src/main.js:3 → src/worker.js:1 → heavy\n')
    expect(out).toMatch(/rebuilt without {2}all JS and CSS −[\d.]+ kB where [\d.]+ kB was estimated/)
    const inlined = await runIn(root, 'why', 'src/text.js')
    expect(inlined.out).toMatch(
      /^src\/text\.js {2}is a part of src\/inline\.js\?worker&inline; [^]*inlined {2}[^]*cheapest cut {2}one import\n {2}src\/inline\.js:1 → src\/text\.js\n/,
    )
  })

  it('takes the one import above many, and says what goes with it', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, { ...sources, 'src/main.js': "import { c } from './c.js'\nconsole.log(c())\n" })
    await buildApp(root, vite)
    const { out } = await runIn(root, 'why', 'heavy', '--rebuild')
    expect(out).toMatch(
      /cheapest cut {2}one import[^]*src\/main\.js:1 → src\/c\.js[^]*src\/c\.js, src\/help\.js go with it/,
    )
    expect(out).toMatch(/rebuilt without {2}−[\d.]+ kB per route/)
  })
})

const noise = Array.from({ length: 600 }, (_, n) => `${(n * 7919) % 1000}/${(n * 104_729) % 9973}`)
/** Two pages use a package of charts, which passes on a package that only the editor of one of them uses. */
const passedOn = {
  'src/main.js': "export const pages = [() => import('./one.js'), () => import('./two.js')]\nconsole.log(pages)\n",
  'src/one.js': "import { chart } from 'chart'\nimport { edit } from './edit.js'\nconsole.log('one', chart, edit)\n",
  'src/two.js': "import { chart } from 'chart'\nconsole.log('two', chart)\n",
  'src/edit.js': "import { data } from 'heavy'\nexport const edit = data(location.hash)\n",
  'node_modules/heavy/index.js': `const all = ${JSON.stringify(noise)}\nexport const data = (at) => all[at]\n`,
  'node_modules/chart/package.json': '{"name":"chart","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/chart/index.js':
    "import { data } from 'heavy'\nexport { data }\nexport const chart = globalThis.chart('a chart')\n",
}

describe.each([7, 8] as const)('paceline why of what another package only passes on, on Vite %d', (vite) => {
  it('names the load and the one import that bring it in', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, passedOn)
    await buildApp(root, vite)
    const { loads, cut, importers } = JSON.parse((await runIn(root, 'why', 'heavy', '--json')).out) as Json
    expect(loads.map(({ load }) => load)).toEqual(['src/one.js'])
    expect(loads[0]!.chains).toHaveLength(1)
    expect(importers.map(({ importer }) => importer)).toEqual(['src/edit.js'])
    const all = [...cut!.imports.map(({ importer }) => importer), ...cut!.loses]
    expect([cut!.imports.length, all]).toEqual([1, expect.arrayContaining(['src/edit.js'])])
    const { chunks } = await readReport(join(root, '.paceline/report.json'))
    const weight = chunks.flatMap(({ modules }) => modules).find(({ id }) => id.endsWith('heavy/index.js'))!.brotli
    expect(cut!.estimate.brotli).toBeGreaterThanOrEqual(weight)
    expect(cut!.estimate.brotli).toBeLessThan(weight + 200)
  })

  it('finds out by a build which imports are enough where one file holds both packages', async () => {
    const root = await writeApp({ vite })
    const groups = "{ output: { manualChunks: (id) => id.includes('node_modules') ? 'packages' : undefined } }"
    await writeFiles(root, {
      ...passedOn,
      'vite.config.js': `export default { build: { rollupOptions: ${groups} }, plugins: [(await import('paceline')).paceline()] }\n`,
    })
    await buildApp(root, vite)
    const json = JSON.parse((await runIn(root, 'why', 'heavy', '--rebuild', '--json')).out) as Json
    expect(json.cut!.imports.length).toBeGreaterThan(1)
    expect(json.measured!.enough!.map(({ importer }) => importer)).toEqual(['src/edit.js'])
    const weight = json.sizes.brotli
    const [{ saves }] = json.measured!.loads.routes as unknown as [{ saves: number }]
    expect(Math.abs(saves - weight) / weight).toBeLessThan(0.05)
    const { out } = await runIn(root, 'why', 'heavy', '--rebuild')
    expect(out).toMatch(/\n {2}src\/edit\.js:1 alone: tree shaking has emptied the other ways to it\n/)
  })
})

describe.each([7, 8] as const)('paceline why of what every visit and some pages import, on Vite %d', (vite) => {
  it('shows all ways, and cuts so many that no page has it any more', async () => {
    const root = await writeApp({ vite })
    const page = (name: string, imports = ''): string =>
      `${imports}console.log(${JSON.stringify(name)}, typeof data)\nexport const ${name} = ${JSON.stringify(name)}\n`
    await writeFiles(root, {
      'src/main.js': [
        "import { eager } from './eager.js'",
        "const pages = [() => import('./one.js'), () => import('./two.js'), () => import('./three.js')]",
        'console.log(eager, pages)',
      ].join('\n'),
      'src/eager.js': "import { data } from 'heavy'\nexport const eager = data.length\n",
      'src/one.js': page('one', "import { data } from 'heavy'\nconsole.log(data)\n"),
      // A page that is nothing but an import is not to be taken out as a whole.
      'src/two.js': page('two', "import { both } from './both.js'\nconsole.log(both)\n"),
      'src/both.js':
        "import { twice } from './twice.js'\nimport { thrice } from './thrice.js'\nexport const both = [twice, thrice]\n",
      'src/thrice.js': "import { data } from 'heavy'\nexport const thrice = [data, data, data]\n",
      'src/twice.js': "import { data } from 'heavy'\nexport const twice = [data, data]\n",
      'src/three.js': page('three', "import { eager } from './eager.js'\nconsole.log(eager)\n"),
    })
    await buildApp(root, vite)
    const json = JSON.parse((await runIn(root, 'why', 'heavy', '--rebuild', '--json')).out) as Json
    expect(json.loads.map(({ load }) => load)).toEqual(['initial', 'src/one.js', 'src/two.js', 'src/three.js'])
    const places = ['src/eager.js', 'src/one.js', 'src/thrice.js', 'src/twice.js']
    expect(json.importers.map(({ importer }) => importer).toSorted()).toEqual(places)
    expect(json.cut!.imports.map(({ importer }) => importer)).toEqual(places)
    // Every first load loses it, whichever it is.
    const { routes } = json.measured!.loads
    expect(routes.map(({ id }) => id)).toContain('src/two.js')
    for (const { saves } of routes) expect(Math.abs(saves - json.sizes.brotli) / json.sizes.brotli).toBeLessThan(0.08)

    const { out } = await runIn(root, 'why', 'heavy', '--all')
    expect(out).toContain('  index.html → src/main.js:1 → src/eager.js:1 → heavy\n')
    expect(out).toMatch(
      /src\/two\.js {2}removing it saves [^\n]*\n[^\n]*\n {2}src\/two\.js:1 → src\/both\.js:1 → src\/twice\.js:1 → heavy\n/,
    )
    expect(out).toMatch(/src\/three\.js {2}removing it saves [^\n]*\n {2}by what is imported above\n/)
  })
})

function firstLoad({ routes }: BuildReport): number {
  return routes[0]!.firstLoad.brotli
}
