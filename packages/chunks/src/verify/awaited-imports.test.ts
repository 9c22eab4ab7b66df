import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { awaitedImports } from './awaited-imports.ts'

const awaited = (code: string): string[] => [
  ...awaitedImports(parseSync('module.js', code, { sourceType: 'module' }).program as unknown as SyntaxNode),
]

test.each([
  ['itself', "const { a } = await import('./x.js')"],
  ['in an export', "export const { a } = await import('./x.js')"],
  ['in a block', "if (globalThis.a) try { await import('./x.js') } catch {}"],
  ['with others', "const [x] = await Promise.all([import('./x.js'), fetch('/y')])"],
  ['and what comes then', "await import('./x.js').then((x) => x.start())"],
  ['as Rollup writes it', "await __vitePreload(async () => { const { a } = await import('./x.js');return { a }}, [])"],
  ['as Rolldown writes it', "await __vitePreload(() => import('./x.js').then((m) => m.a), [])"],
  [
    'with a variable',
    "await __variableDynamicImportRuntimeHelper(Object.assign({ './x.js': () => import('./x.js') }), name, 3)",
  ],
  ['begun before', "const x = import('./x.js')\nstart()\nawait x"],
  [
    'in a function that it calls',
    "const start = async () => { const { a } = await import('./x.js')\na() }\nawait start()",
  ],
  ['in what a function returns', "function load() { return import('./x.js') }\nexport default await load()"],
  ['in a function that is called at once', "await (async () => { await import('./x.js') })()"],
  ['in a loop', "for await (const one of [import('./x.js')]) one.start()"],
])('finds an import() that a module awaits: %s', (_, code) => {
  expect(awaited(code)).toEqual(['./x.js'])
})

test.each([
  ['none', "import('./x.js')\nawait fetch('/y')"],
  ['that is in a function nobody calls', "export const load = async () => { await import('./x.js') }"],
  ['in a function that nobody waits for', "(async () => { await import('./x.js') })()\nawait 1"],
  ['that a called function begins and leaves', "async function start() { import('./x.js') }\nawait start()"],
  ['of a route', "await mount({ routes: [{ path: '/', page: () => import('./x.js') }] })"],
  ['of routes with a name', "const routes = [{ page: () => import('./x.js') }]\nawait mount(routes)"],
  ['of a component that is shown', "const Page = lazy(() => import('./x.js'))\nawait render(Page)"],
  [
    'of an app that is shown',
    "const Page = lazy(() => import('./x.js'))\nfunction App() { return jsx(Page) }\nawait render(App)",
  ],
])('leaves alone an import() that it does not wait for: %s', (_, code) => {
  expect(awaited(code)).toEqual([])
})
