import { describe, expect, test } from 'vitest'
import { ownChunks } from './own-chunks.ts'

type Sketch = Record<string, { imports?: string[]; loads?: string[]; entry?: boolean; removed?: boolean }>

function own(sketch: Sketch, chunks: Record<string, string[]>): Record<string, string> {
  const modules = Object.entries(sketch).map(([id, { imports = [], loads = [], entry = false, removed }]) => {
    return { id, key: id, imports, dynamicImports: loads, entry, removed }
  })
  const table = new Map(Object.entries(chunks).flatMap(([name, ids]) => ids.map((id) => [id, name] as const)))
  return Object.fromEntries(ownChunks(modules, table))
}

const app = {
  main: { entry: true, imports: ['store'], loads: ['page', 'other'] },
  store: {},
  page: { imports: ['view', 'store'] },
  view: {},
  other: { imports: ['store'] },
} satisfies Sketch

describe('ownChunks', () => {
  test('finds a lazy module with what only it leads to', () => {
    const chunks = { main: ['main', 'store'], page: ['page', 'view'], other: ['other'] }
    expect(own(app, chunks)).toEqual({ page: 'page', other: 'other' })
  })

  test('leaves out a chunk of two lazy modules', () => {
    expect(own(app, { main: ['main', 'store'], pages: ['page', 'view', 'other'] })).toEqual({})
  })

  test('leaves out a chunk with something that another lazy module leads to, however indirectly', () => {
    const shared = { ...app, other: { imports: ['barrel'] }, barrel: { removed: true, imports: ['view'] } }
    expect(own(shared, { main: ['main', 'store'], page: ['page', 'view'], other: ['other'] })).toEqual({
      other: 'other',
    })
  })

  test('leaves out what lies apart from the module that it is loaded for', () => {
    const chunks = { main: ['main', 'store'], page: ['page'], view: ['view'], other: ['other'] }
    expect(own(app, chunks)).toEqual({ page: 'page', other: 'other' })
  })

  test('leaves out a lazy module that is imported statically as well, or that a page begins with', () => {
    const eager = { ...app, main: { ...app.main, imports: ['store', 'page'] } }
    const chunks = { main: ['main', 'store'], page: ['page', 'view'], other: ['other'] }
    expect(own(eager, chunks)).toEqual({ other: 'other' })
    expect(own({ ...app, page: { ...app.page, entry: true } as Sketch[string] }, chunks)).toEqual({ other: 'other' })
  })

  test('counts no import() of a module that tree shaking removed', () => {
    const dead = { ...app, gone: { removed: true, loads: ['view'] } }
    const chunks = { main: ['main', 'store'], page: ['page', 'view'], other: ['other'] }
    expect(own(dead, chunks)).toEqual({ page: 'page', other: 'other' })
  })

  test('finds an entry without a page, and leaves out one with a page', () => {
    const worker = { ...app, sw: { entry: true, imports: ['cache'] }, cache: {} }
    const chunks = { page: ['page', 'view'], other: ['other'], sw: ['sw', 'cache'] }
    const found = { page: 'page', other: 'other', sw: 'sw' }
    expect(own(worker, { ...chunks, main: ['main', 'store', 'index.html'] })).toEqual(found)
    expect(own(worker, { ...chunks, main: ['main', 'store', 'cache'], sw: ['sw'] })).toEqual(found)
    expect(own(worker, { ...chunks, sw: ['sw', 'cache', 'sw.html'], main: ['main', 'store', 'index.html'] })).toEqual({
      page: 'page',
      other: 'other',
    })
  })
})
