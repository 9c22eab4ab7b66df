import { loadVite, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { analyseLiveGraph } from '../../analysis/analyse-live-graph.ts'
import { linkModules } from './link-modules.ts'

const icons: FixtureFiles = {
  'node_modules/icons/package.json': '{"name":"icons","version":"1.0.0","type":"module","sideEffects":false}',
  'node_modules/icons/index.js': "export { Gear } from './gear.js'\nexport { Bubble } from './bubble.js'",
  'node_modules/icons/gear.js': "export const Gear = () => 'gear' + Math.PI",
  'node_modules/icons/bubble.js': "export const Bubble = () => 'bubble' + Math.PI",
}

/** A barrel that is declared to do nothing, and imports what does something. */
const parts = (barrel: string): FixtureFiles => ({
  'node_modules/parts/package.json': '{"name":"parts","version":"1.0.0","type":"module","sideEffects":false}',
  'node_modules/parts/index.js': barrel,
  'node_modules/parts/button.js': "export const button = () => 'button' + Math.PI",
  'node_modules/clock/package.json': '{"name":"clock","version":"1.0.0","type":"module"}',
  'node_modules/clock/index.js': "document.title = 'the clock has started'",
})

describe.each(viteVersions)('linkModules() on Vite %d', (vite) => {
  /** What each module imports: as it was linked, and as the bundler has it. */
  const link = async (files: FixtureFiles): Promise<{ linked: ImportsByKey; live: ImportsByKey }> => {
    const root = await writeFixture({
      'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
      ...files,
    })
    const { graph, modules } = await analyseLiveGraph({
      vite: await loadVite(vite),
      config: { root, configFile: false },
    })
    const keyOf = new Map(modules.map(({ id, key }) => [id, key]))
    const left = new Set(graph.modules.map(({ key }) => key))
    const placed = (keys: readonly (string | undefined)[]): string[] =>
      keys.filter((key) => key !== undefined && left.has(key) && !HELPER.test(key)).sort() as string[]
    return {
      linked: new Map(modules.map(({ key, imports }) => [key, placed(imports.map((id) => keyOf.get(id)))])),
      live: new Map(
        graph.modules.map(({ key, imports }) => [key, placed(imports.map((to) => graph.modules[to]?.key))]),
      ),
    }
  }

  test.each([
    ['of the script of a page', 'src/main.js', ''],
    ['of a module that it imports', 'src/app.js', "import './app.js'"],
  ])('takes one icon out of a barrel %s, although Vite adds imports for an `import()`', async (_, file, main) => {
    const { linked, live } = await link({
      'src/main.js': main,
      'src/lazy.js': "import { Bubble } from 'icons'\ndocument.title = Bubble()",
      [file]: "import { Gear } from 'icons'\ndocument.body.title = Gear()\nimport('./lazy.js')",
      ...icons,
    })
    expect(linked.get(file)).toEqual(['icons/gear.js'])
    expect(linked.get(file)).toEqual(live.get(file))
  })

  test.each([
    ['imports and exports', "import 'clock'\nimport { button } from './button.js'\nexport { button }"],
    ['exports at once', "import 'clock'\nexport { button } from './button.js'"],
    ['takes from a star', "import 'clock'\nexport * from './button.js'"],
    ['passes on to one that imports and exports', "export { button } from './two.js'"],
    ['passes on all of one that imports and exports', "export * from './two.js'"],
  ])('has what the bundler runs of a barrel without side effects that %s', async (_, barrel) => {
    const { linked, live } = await link({
      'src/main.js': "import { button } from 'parts'\ndocument.body.title = button()\nimport('./lazy.js')",
      'src/lazy.js': "import 'clock'",
      ...parts(barrel),
      'node_modules/parts/two.js': "import 'clock'\nimport { button } from './button.js'\nexport { button }",
    })
    expect(linked.get('src/main.js')).toEqual(live.get('src/main.js'))
  })
})

type ImportsByKey = ReadonlyMap<string, readonly string[]>

const HELPER = /vite\//

test('what lies behind barrels in barrels is imported in the order in which it runs', () => {
  const code: Readonly<Record<string, string>> = {
    main: "import { app, auth } from 'barrel'\nconsole.log(app, auth)",
    barrel: "export { auth } from 'inner'\nexport { app } from 'app'",
    inner: "export { auth } from 'auth'",
    auth: "console.log('auth')\nexport const auth = 1",
    app: "console.log('app')\nexport const app = 1",
  }
  const modules = Object.entries(code).map(([id, text]) => ({
    id,
    key: id,
    imports: [...text.matchAll(/from '(\w+)'/g)].map(([, target]) => target!),
    dynamicImports: [],
    entry: id === 'main',
    removed: /barrel|inner/.test(id),
  }))
  const sources = { codeOf: (id: string) => code[id], isPure: () => false, entersPure: true }
  expect(linkModules(modules, sources).modules[0]?.imports).toEqual(['auth', 'app'])
})
