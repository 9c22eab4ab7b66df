import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import type { Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import { chunks } from '../plugin.ts'
import { noise } from '../testing/noise.ts'

const PAGES = ['home', 'notes', 'help']

/** Pages of one name, each with a part of its own, an icon from a barrel, and what two of them share. No CommonJS. */
const app: FixtureFiles = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js': `import { Gear } from 'icons'\ndocument.title = Gear()\n${PAGES.map((page) => `setTimeout(() => import('./${page}/page.js').then(({ default: show }) => show()))`).join('\n')}`,
  ...Object.fromEntries(
    PAGES.flatMap((page, index) => [
      [
        `src/${page}/page.js`,
        `import { part } from './part.js'\nimport { Icon${index} } from 'icons'\n${index === 0 ? '' : "import { shared } from '../shared.js'\n"}export default () => document.body.append(part(), Icon${index}()${index === 0 ? '' : ', shared()'})`,
      ],
      [`src/${page}/part.js`, `export const part = () => '${noise(index)}'`],
      [`node_modules/icons/Icon${index}.js`, `export default () => '${noise(index + 10)}'`],
    ]),
  ),
  'src/shared.js': `export const shared = () => '${noise(20)}'`,
  'node_modules/icons/package.json': '{"name":"icons","version":"1.0.0","type":"module","sideEffects":false}',
  'node_modules/icons/index.js': ['Gear', 'Icon0', 'Icon1', 'Icon2']
    .map((name) => `export { default as ${name} } from './${name}.js'`)
    .join('\n'),
  'node_modules/icons/Gear.js': `export default () => '${noise(30)}'`,
}

const scripts = ({ chunks: all }: BuildReport) => all.filter(({ kind }) => kind === 'js')

describe.each(viteVersions)('a planned build of lazy pages on Vite %d', (vite) => {
  const build = async (root: string, stable: boolean): Promise<BuildReport> => {
    const plugins = chunks({ strategy: 'planned', stable, groups: { gear: 'node_modules/icons/Gear.js' } })
    await runBuild({ vite, root, plugins })
    return readReport(join(root, '.paceline/report.json'))
  }

  test.each([false, true])('has no chunk of helpers, and the names of the plan (stable: %s)', async (stable) => {
    const root = await writeFixture(app)
    const made = await build(root, stable)
    const { chunks: planned } = JSON.parse(await readFile(join(root, 'paceline.chunks.json'), 'utf8'))
    const names = Object.keys(planned).filter((name) => planned[name].kind !== 'entry')
    expect(names).toEqual(expect.arrayContaining(['home-page', 'notes-page', 'help-page']))
    const found = scripts(made).filter(({ entry }) => !entry)
    expect(found.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    for (const { name, file } of found) {
      expect(file).toMatch(new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`))
      expect(made.files.find((one) => one.file === file)?.chunk).toBe(name)
    }
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    if (vite === 8 && stable) for (const name of names) expect(html).toContain(`"/assets/${name}-`)
    // A later build, which reads the plan, is the same.
    expect(scripts(await build(root, stable))).toEqual(scripts(made))
  })
})

test('files are named as the options say, whoever makes the chunk', async () => {
  const root = await writeFixture(app)
  const files: string[] = []
  const chunkFileNames = ({ name }: { name: string }): string => {
    files.push(name)
    return 'js/[name].[hash].js'
  }
  const plugins = chunks({ strategy: 'planned', stable: true })
  await runBuild({ vite: 8, root, plugins, config: { build: { rolldownOptions: { output: { chunkFileNames } } } } })
  const report = await readReport(join(root, '.paceline/report.json'))
  const pages = scripts(report).filter(({ name }) => name.endsWith('-page'))
  expect(pages.map(({ file, name }) => file.replace(/\.[\w-]{8}\.js$/, '') === `js/${name}`)).toEqual([
    true,
    true,
    true,
  ])
  expect(files).toEqual(expect.arrayContaining(pages.map(({ name }) => name)))
})

test.each(viteVersions)('a worker that a plugin adds under a name of its own is one file on Vite %d', async (vite) => {
  const root = await writeFixture({ ...app, 'src/sw.js': `self.addEventListener('fetch', () => '${noise(40)}')` })
  const worker: Plugin = {
    name: 'worker',
    buildStart() {
      this.emitFile({ type: 'chunk', id: '/src/sw.js', fileName: 'sw.js' })
    },
  }
  await runBuild({ vite, root, plugins: [chunks({ strategy: 'planned', stable: true }), worker] })
  const code = await readFile(join(root, 'dist/sw.js'), 'utf8')
  expect(code).not.toContain('import')
  expect(code).toContain(noise(40))
})
