import { join } from 'node:path'
import { runBuild, viteVersions, writeFiles, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks } from '../../plugin.ts'
import { runPage } from '../../testing/run-output.ts'
import type { BundledModule } from '../placement/bundled-graph.ts'
import { linkModules } from './link-modules.ts'

/** Module → code; what it imports is read off the statements. */
type Code = Readonly<Record<string, string>>

const app: Code = {
  main: "import { used } from 'used'\nimport { unused } from 'unused'\nconsole.log(used)",
  used: 'export const used = 1',
  unused: "import 'behind'\nexport const unused = 1",
  behind: 'export const behind = 1',
}

function basisOf(code: Code, pure: readonly string[] = [], removed: readonly string[] = []): string {
  const modules = Object.keys(code).map((id): BundledModule => {
    const imports = [...code[id]!.matchAll(/^import .*'(.+)'$/gm)].map(([, target]) => target!)
    return { id, key: id, imports, dynamicImports: [], entry: id === 'main', removed: removed.includes(id) }
  })
  const sources = { codeOf: (id: string) => code[id], isPure: (id: string) => pure.includes(id), entersPure: false }
  return linkModules(modules, sources).basisOf('main')
}

const withEffect = (id: string): Code => ({ ...app, [id]: `${app[id]}\nconsole.log('${id}')` })

describe('what is known of the imports of a module', () => {
  test.each(['unused', 'behind'])('is another when `%s` begins to do something', (id) => {
    expect(basisOf(withEffect(id))).not.toBe(basisOf(app))
  })

  test('is the same when a module does something of which a name is used, which keeps the import anyway', () => {
    expect(basisOf(withEffect('used'))).toBe(basisOf(app))
  })

  test('is the same when a module does something that is declared to do nothing', () => {
    expect(basisOf(withEffect('behind'), ['unused'])).toBe(basisOf(app, ['unused']))
  })

  test('is the same when something does more', () => {
    const twice = { ...app, unused: `${app['unused']}\nconsole.log(1)\nconsole.log(2)` }
    expect(basisOf(twice)).toBe(basisOf(withEffect('unused')))
  })

  test('is another when something is done behind a barrel that is gone', () => {
    expect(basisOf(withEffect('behind'), [], ['unused'])).not.toBe(basisOf(app, [], ['unused']))
  })
})

/** `note` lies with the page, since the import of `reads` runs nothing, until it does. */
const files: FixtureFiles = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js': "import './reads.js'\nran.push('main')\nawait import('./page.js')",
  'src/reads.js': "import { note } from './note.js'\nran.push('reads')\nexport const unused = () => note(1)",
  'src/note.js': 'export const note = (text) => `noted ${text} ${Math.PI}`',
  'src/page.js': "import { note } from './note.js'\nran.push(note('page'))",
}

test.each(viteVersions)('a plan is followed when a module gains an effect on Vite %d', async (vite) => {
  const root = await writeFixture(files)
  const config = (outDir: string): object => ({ build: { outDir, target: 'esnext', chunkImportMap: false } })
  const follow = (): Promise<unknown> =>
    runBuild({ vite, root, plugins: chunks({ strategy: 'planned', stable: true }), config: config('dist') })
  await follow()
  await writeFiles(root, { 'src/note.js': `ran.push('note')\n${String(files['src/note.js'])}` })
  await follow()
  await runBuild({ vite, root, plugins: [], config: config('usual') })
  const usual = await runPage(join(root, 'usual'), 'index.html')
  expect(usual.slice(0, 3)).toEqual(['note', 'reads', 'main'])
  expect(await runPage(join(root, 'dist'), 'index.html')).toEqual(usual)
})
