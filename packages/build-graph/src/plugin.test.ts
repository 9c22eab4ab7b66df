import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encoders, errorCodes } from '@paceline/kit'
import {
  describePluginContract,
  hashDirectory,
  runBuild,
  smallApp,
  viteVersions,
  writeFiles,
  writeFixture,
} from '@paceline/testkit'
import type { InlineConfig, Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import { readReport } from './adapters/report-file.ts'
import { readCharTable } from './adapters/char-table-file.ts'
import { moduleAt } from './core/char-table.ts'
import type { BuildGraphOptions } from './options.ts'
import { buildGraph } from './plugin.ts'
import { expectSums, mark, marked } from './testing/marks.ts'

describePluginContract<BuildGraphOptions>({
  name: 'buildGraph()',
  create: buildGraph,
  options: { routes: { '/about': ['src/about.js', 'src/lazy.js'] }, dir: '.reports' },
  failing: { options: { routes: { '/about': 'src/abot.js' } }, code: 'PACELINE_ROUTE_UNKNOWN' },
  changesOutput: false,
  async verify({ root, outDir }) {
    const report = await readReport(join(root, '.reports/report.json')).catch(() =>
      readReport(join(root, '.paceline/report.json')),
    )
    expect(report.files.map((file) => file.file)).toContain('robots.txt')
    for (const file of report.files) {
      const content = await readFile(join(outDir, file.file))
      expect(file.raw).toBe(content.byteLength)
      expect(file.gzip).toBe((await encoders.gzip.encode(content)).byteLength)
    }
    expectSums(report)
    const modules = new Set(report.chunks.flatMap((chunk) => chunk.modules.map((module) => module.id)))
    for (const id of ['src/main.js', 'src/settings.json', 'src/greet.js', 'src/main.css', 'src/about.css']) {
      expect(modules).toContain(id)
    }
    expect(report.packages).toMatchObject([{ name: 'tiny-format', version: '2.1.0' }])
    expect(report.routes.map((route) => route.module)).toContain('src/about.js')
    // With the option, what it says to be loaded besides is part of the route.
    const about = report.routes.find((route) => route.path === '/about')
    const files = about?.firstLoad.files.join(' ') ?? 'lazy-'
    expect(files).toContain('lazy-')
  },
})

describe.each(viteVersions)('buildGraph() on Vite %d', (vite) => {
  const build = (root: string, plugins: Plugin[], config: InlineConfig['build']): ReturnType<typeof runBuild> =>
    runBuild({ vite, root, plugins, config: { build: config ?? {} } })

  test.each([true, 'hidden', 'inline', false] as const)(
    'leaves what sourcemap: %s gives as it is',
    async (sourcemap) => {
      const root = await writeFixture(smallApp)
      await build(root, [], { sourcemap, outDir: 'bare' })
      await build(root, buildGraph(), { sourcemap })
      expect(await hashDirectory(join(root, 'dist'))).toEqual(await hashDirectory(join(root, 'bare')))
      const report = await readReport(join(root, '.paceline/report.json'))
      expect(report.files.filter(({ file }) => file.endsWith('.map'))).toEqual([])
      expectSums(report)
    },
  )

  test('measures JavaScript and CSS that are not minified', async () => {
    const root = await writeFixture(smallApp)
    await build(root, buildGraph(), { minify: false, cssMinify: false })
    const report = await readReport(join(root, '.paceline/report.json'))
    expectSums(report)
    const sizes = new Map(report.chunks.flatMap(({ modules }) => modules.map(({ id, raw }) => [id, raw])))
    const rules = smallApp['src/lazy.css'] as string
    expect(Math.abs(sizes.get('src/lazy.css')! - rules.length)).toBeLessThan(4)
    expect(sizes.get('src/settings.json')).toBeGreaterThan(40)
  })

  test('leaves out what an earlier build left behind', async () => {
    const root = await writeFixture({ ...smallApp, 'dist/assets/old-1234.js': 'console.log("yesterday")' })
    await build(root, buildGraph(), { emptyOutDir: false })
    const { files } = await readReport(join(root, '.paceline/report.json'))
    expect(files.map(({ file }) => file)).not.toContain('assets/old-1234.js')
    expect(files.map(({ file }) => file)).toContain('robots.txt')
  })

  test('measures a file that another plugin writes in closeBundle', async () => {
    const root = await writeFixture(smallApp)
    const worker: Plugin = { name: 'writes-late', closeBundle: () => writeFiles(root, { 'dist/sw.js': 'self.x = 1' }) }
    await build(root, [...buildGraph(), worker], {})
    const { files } = await readReport(join(root, '.paceline/report.json'))
    expect(files.find(({ file }) => file === 'sw.js')).toMatchObject({ raw: 10, kind: 'js' })
  })

  test('refuses a compressed sibling that is not its file', async () => {
    const root = await writeFixture(smallApp)
    const liar: Plugin = {
      name: 'writes-a-wrong-sibling',
      closeBundle: () => writeFiles(root, { 'dist/robots.txt.br': Buffer.from('not brotli') }),
    }
    await expect(build(root, [...buildGraph(), liar], {})).rejects.toSatisfy((error: unknown) =>
      errorCodes(error).includes('PACELINE_SIBLING_MISMATCH'),
    )
  })

  test('says that nothing is measured when nothing is written', async () => {
    const root = await writeFixture(smallApp)
    const { log } = await build(root, buildGraph(), { write: false })
    expect(log.warn).toEqual([expect.stringContaining('`build.write` is false')])
    await expect(readReport(join(root, '.paceline/report.json'))).rejects.toMatchObject({
      code: 'PACELINE_REPORT_UNREADABLE',
    })
  })

  test('keeps which module wrote which part of a script, by the hash of its content', async () => {
    const root = await writeFixture({
      ...smallApp,
      'src/one.js': marked('src/one.js', 40),
      'src/two.js': marked('src/two.js', 60),
      'src/main.js': "import './one.js'\nimport './two.js'\n",
    })
    await build(root, buildGraph(), {})
    const report = await readReport(join(root, '.paceline/report.json'))
    const entry = report.chunks.find(({ entry: isEntry }) => isEntry)!
    const { hash } = report.files.find(({ file }) => file === entry.file)!
    const table = await readCharTable(join(root, '.paceline'), hash)
    const text = await readFile(join(root, 'dist', entry.file), 'utf8')
    expect(table?.runs.filter((_, index) => index % 2 === 0).reduce((sum, length) => sum + length)).toBe(text.length)
    for (const [module, length] of Object.entries({ 'src/one.js': 40, 'src/two.js': 60 })) {
      expect(moduleAt(table!, text.indexOf(mark(module, length)) + length / 2)).toBe(module)
    }
  })

  test('gives the same report for the same sources', async () => {
    const reports = await Promise.all(
      [1, 2].map(async () => {
        const root = await writeFixture(smallApp)
        await build(root, buildGraph(), {})
        return readFile(join(root, '.paceline/report.json'), 'utf8')
      }),
    )
    expect(reports[0]).toBe(reports[1])
  })
})

describe('a Vite before 7, whose hooks of the config have no `this`', () => {
  const resolve = (command: 'build' | 'serve'): unknown => {
    const collector = buildGraph().find(({ name }) => name === 'paceline:build-graph')!
    const { handler } = collector.configResolved as unknown as { handler: (config: object) => void }
    return handler({ command, root: '/app', plugins: [collector], build: {} })
  }

  test('is named where it builds', () => {
    expect(() => resolve('build')).toThrow(expect.objectContaining({ code: 'PACELINE_VITE_UNSUPPORTED' }))
    expect(() => resolve('build')).toThrow('`/app` is older than 7')
  })

  test('is left alone where it runs tests', () => {
    expect(() => resolve('serve')).not.toThrow()
  })
})
