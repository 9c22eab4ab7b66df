import { expect, test } from 'vitest'
import type { LiveGraph } from '../live-graph.ts'
import type { BundledModule } from './placement/bundled-graph.ts'
import { storePlan } from './store-plan.ts'

const keys = ['src/main.js', 'src/part.js']
const modules = keys.map((key, index): BundledModule => ({
  id: `/${key}`,
  key,
  entry: index === 0,
  imports: index === 0 ? ['/src/part.js'] : [],
  dynamicImports: [],
}))
const live = { modules: keys.map((key) => ({ key })) } as unknown as LiveGraph
const plan = {
  chunks: keys.map((key, index) => ({
    name: key.slice(4, -3),
    kind: index === 0 ? ('entry' as const) : ('planned' as const),
    imports: index === 0 ? ['part'] : [],
    modules: [key],
  })),
}
const figures = { routes: [], cost: 0 }
const mentions = (opened?: ReadonlySet<string>) =>
  storePlan(plan, live, { app: 'app', settings: {}, figures, modules, ...(opened && { opened }) }).chunks.flatMap(
    (chunk) => Object.entries(chunk.mentions),
  )

test('a module of which every import is used is not mentioned', () => {
  expect(mentions()).toEqual([])
})

test('one that was looked at closely is, although there is nothing to say: else the next build would look less closely', () => {
  expect(mentions(new Set(['src/main.js']))).toEqual([['src/main.js', []]])
})

test('a plan in which the order of modules would be set right at once says that builds must not', () => {
  const early = { id: '/early.js', key: 'early.js', entry: false, imports: [], dynamicImports: [] }
  const late = { ...early, id: '/late.js', key: 'late.js' }
  const main = { ...early, id: '/main.js', key: 'main.js', entry: true, imports: ['/late.js', '/early.js'] }
  const chunks = [
    { name: 'main', kind: 'entry' as const, imports: ['early'], modules: ['main.js', 'late.js'] },
    { name: 'early', kind: 'planned' as const, imports: [], modules: ['early.js'] },
  ]
  const store = (isNoticed: (id: string) => boolean) =>
    storePlan({ chunks }, { modules: [early, late, main] } as unknown as LiveGraph, {
      app: 'app',
      settings: {},
      figures,
      modules: [early, late, main],
      noticed: { inOrder: isNoticed, asks: () => new Set(), atAll: isNoticed },
    })
  expect(store((id) => id !== '/main.js').unordered).toBe(true)
  expect(store((id) => id === '/early.js').unordered).toBeUndefined()
})
