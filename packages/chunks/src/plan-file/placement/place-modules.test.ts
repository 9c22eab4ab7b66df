import { expect, test } from 'vitest'
import type { StoredChunk } from '../stored-plan.ts'
import { aPlan } from '../testing/a-plan.ts'
import type { BundledModule } from './bundled-graph.ts'
import { type Placement, placeModules } from './place-modules.ts'

/**
 * Modules from lines such as `main.ts > a.ts b.ts ~page.ts`: after `>` what it imports, with `~` what it loads lazily. `main.ts` is the
 * entry; what ends in `!` was removed by tree shaking, what ends in `?` has a top-level `await`.
 */
function bundle(...lines: readonly string[]): BundledModule[] {
  return lines.map((line) => {
    const [name = '', targets = ''] = line.split('>').map((part) => part.trim())
    const all = targets.split(/\s+/).filter((target) => target !== '')
    const key = name.replace(/[!?]$/, '')
    return {
      id: key,
      key,
      imports: all.filter((target) => !target.startsWith('~')),
      dynamicImports: all.filter((target) => target.startsWith('~')).map((target) => target.slice(1)),
      entry: key === 'main.ts',
      removed: name.endsWith('!'),
      awaits: name.endsWith('?'),
    }
  })
}

const ENTRY = { kind: 'entry', modules: ['main.ts'] } as const

function place(
  chunks: Record<string, Partial<StoredChunk>>,
  ...lines: readonly string[]
): Placement & { at: Record<string, string> } {
  const isPure = (id: string): boolean => id.includes('/pure/')
  const noticed = {
    inOrder: (id: string): boolean => /^(?:loud|perhaps)-/.test(id),
    asks: (id: string): Set<string> => new Set(/^asks-(\w+)/.exec(id)?.slice(1)),
    atAll: (id: string): boolean => id.startsWith('loud-'),
  }
  const placement = placeModules(aPlan(chunks), { modules: bundle(...lines), isPure, noticed })
  return { ...placement, at: Object.fromEntries(placement.table) }
}

const pages = {
  shared: { modules: ['shared/', 'react'] },
  a: { imports: ['shared'], modules: ['a.ts'] },
  b: { imports: ['shared'], modules: ['b.ts'] },
  index: { ...ENTRY, imports: ['shared'] },
}

test('follows the plan: by file, directory and package', () => {
  const { at, added, moved, inEntries } = place(
    pages,
    'main.ts > shared/x.ts react/index.js ~a.ts ~b.ts',
    'shared/x.ts',
    'shared/new.ts',
    'react/index.js > shared/new.ts',
    'a.ts > shared/x.ts',
    'b.ts > shared/x.ts',
  )
  expect(at).toEqual({
    'shared/x.ts': 'shared',
    'shared/new.ts': 'shared',
    'react/index.js': 'shared',
    'a.ts': 'a',
    'b.ts': 'b',
  })
  expect([added, moved]).toEqual([[], []])
  expect([...inEntries]).toEqual([['main.ts', 'index']])
})

test('puts a new module beside the page that needs it, and what two pages need where both load it anyway', () => {
  const { at, added } = place(
    pages,
    'main.ts > shared/x.ts ~a.ts ~b.ts',
    'shared/x.ts > everywhere.ts',
    'a.ts > shared/x.ts only-a.ts',
    'b.ts > shared/x.ts',
    'only-a.ts',
    'everywhere.ts',
  )
  expect(at).toMatchObject({ 'only-a.ts': 'a', 'everywhere.ts': 'shared' })
  expect(added).toEqual([
    { key: 'everywhere.ts', chunk: 'shared' },
    { key: 'only-a.ts', chunk: 'a' },
  ])
})

test('a new page gets a chunk with its name, and what it brings along lies in it', () => {
  const { at } = place(
    pages,
    'main.ts > ~a.ts ~b.ts ~src/reports/index.ts',
    'a.ts',
    'b.ts',
    'src/reports/index.ts > chart.ts',
    'chart.ts',
  )
  expect(at).toMatchObject({ 'src/reports/index.ts': 'reports', 'chart.ts': 'reports' })
})

test('a new module that only some pages share gets its own chunk rather than reaching anybody else', () => {
  const { at } = place(
    pages,
    'main.ts > shared/x.ts ~a.ts ~b.ts',
    'shared/x.ts',
    'a.ts > both.ts',
    'b.ts > both.ts',
    'both.ts',
  )
  expect(at['both.ts']).toBe('both')
})

test('a file in a directory of the first load stays lazy when only a page imports it', () => {
  const { at, moved } = place(
    pages,
    'main.ts > shared/x.ts ~a.ts ~b.ts',
    'shared/x.ts > shared/y.ts',
    'shared/y.ts',
    'a.ts > shared/dialog.ts',
    'b.ts',
    'shared/dialog.ts',
  )
  expect(at['shared/dialog.ts']).toBe('a')
  expect(moved).toEqual([{ key: 'shared/dialog.ts', from: 'shared', to: 'a' }])
})

test('a module that became part of the first load leaves the page, and the page stays lazy', () => {
  const chunks = { ...pages, a: { imports: ['shared'], modules: ['a.ts', 'a-part.ts', 'a-rest.ts'] } }
  const { at } = place(
    chunks,
    'main.ts > shared/x.ts ~a.ts ~b.ts',
    'shared/x.ts > a-part.ts',
    'a.ts > a-part.ts a-rest.ts',
    'a-part.ts',
    'a-rest.ts',
    'b.ts',
  )
  expect(at).toMatchObject({ 'a.ts': 'a', 'a-rest.ts': 'a', 'a-part.ts': 'shared' })
})

test('a circle between chunks ends in the one that is loaded first, with no more than it needs', () => {
  const chunks = { ...pages, shared: { modules: ['shared/'] }, b: { modules: ['b.ts', 'b-util.ts', 'b-rest.ts'] } }
  const { at, moved } = place(
    chunks,
    'main.ts > shared/x.ts ~a.ts ~b.ts',
    'shared/x.ts > b-util.ts',
    'b.ts > shared/x.ts b-util.ts b-rest.ts',
    'b-util.ts',
    'b-rest.ts',
    'a.ts',
  )
  expect(at).toMatchObject({ 'shared/x.ts': 'shared', 'b-util.ts': 'shared', 'b.ts': 'b', 'b-rest.ts': 'b' })
  expect(moved).toEqual([{ key: 'b-util.ts', from: 'b', to: 'shared' }])
})

test('a barrel that mentions everything makes nothing eager and closes no circle', () => {
  const lines = [
    'main.ts > shared/index.ts ~a.ts ~b.ts',
    'shared/index.ts > shared/x.ts a.ts b.ts',
    'shared/x.ts',
    'a.ts > shared/x.ts',
    'b.ts > shared/index.ts',
  ]
  const mentions = { 'shared/index.ts': ['a', 'b'] }
  expect(place({ ...pages, shared: { modules: ['shared/'], mentions } }, ...lines).moved).toEqual([])
  expect(place({ ...pages, shared: { modules: ['shared/'] } }, ...lines).moved).not.toEqual([])
})

test('an import through a removed barrel still counts where the plan knows of it', () => {
  const chunks = { ...pages, tools: { modules: ['tool.ts'] }, a: { imports: ['tools'], modules: ['a.ts'] } }
  const { at, moved } = place(
    chunks,
    'main.ts > ~a.ts ~b.ts',
    'a.ts > barrel.ts',
    'barrel.ts! > tool.ts',
    'b.ts',
    'tool.ts > a.ts',
  )
  expect(at['a.ts']).toBe(at['tool.ts'])
  expect(moved).toHaveLength(1)
})

test('what tree shaking removed gets no place, and what nobody leads to is left to the bundler', () => {
  const { at, unplaced, gone } = place(pages, 'main.ts > ~a.ts', 'a.ts > shared/x.ts', 'shared/x.ts!', 'helper.js')
  expect(at).toEqual({ 'a.ts': 'a' })
  expect(unplaced).toEqual(['helper.js'])
  expect(gone).toEqual(['b.ts', 'react'])
})

test('a new module goes to the group that the user made for it, and to no other', () => {
  const stored = aPlan({
    charts: { kind: 'group', modules: ['charts/a.ts'] },
    index: { ...ENTRY, imports: ['charts'] },
  })
  const modules = bundle(
    'main.ts > charts/a.ts charts/b.ts',
    'charts/a.ts > charts/b.ts other.ts',
    'charts/b.ts',
    'other.ts',
  )
  const { table } = placeModules(stored, { modules }, ({ key }) => (key.startsWith('charts/') ? 'charts' : undefined))
  expect(table.get('charts/b.ts')).toBe('charts')
  expect(table.get('other.ts')).toBe('other')
})

test('what a chunk that the plan shares between pages newly imports goes where both load it, and nothing falls apart', () => {
  const chunks = {
    charts: { modules: ['charts/'] },
    both: { shared: 'pages', imports: [], modules: ['for-a.ts', 'for-b.ts'] },
    a: { imports: ['both', 'charts'], modules: ['a.ts'] },
    b: { imports: ['both'], modules: ['b.ts'] },
    index: ENTRY,
  } as const
  const { at, moved } = place(
    chunks,
    'main.ts > ~a.ts ~b.ts',
    'a.ts > for-a.ts charts/x.ts charts/y.ts charts/z.ts',
    'b.ts > for-b.ts',
    'for-a.ts > charts/x.ts',
    'for-b.ts',
    'charts/x.ts',
    'charts/y.ts',
    'charts/z.ts',
  )
  expect(at).toMatchObject({ 'for-a.ts': 'both', 'for-b.ts': 'both', 'charts/y.ts': 'charts' })
  expect(moved.map(({ key }) => key)).toEqual(['charts/x.ts'])
})

test('an import that is gone moves nothing', () => {
  const { moved } = place(
    { ...pages, tools: { modules: ['tool.ts', 'other.ts'] }, a: { imports: ['shared', 'tools'], modules: ['a.ts'] } },
    'main.ts > shared/x.ts ~a.ts ~b.ts',
    'shared/x.ts',
    'a.ts > shared/x.ts',
    'b.ts > tool.ts other.ts',
    'tool.ts',
    'other.ts',
  )
  expect(moved).toEqual([])
})

test('takes a module that awaits an import() out of a chunk that the awaited module needs', () => {
  const plan = { index: { ...ENTRY, imports: ['lib'] }, lib: { modules: ['locale.ts', 'tag.ts'] } }
  const others = ['main.ts > locale.ts tag.ts', 'messages.ts > tag.ts', 'tag.ts']
  const plain = place(plan, 'locale.ts > ~messages.ts', ...others)
  expect(plain.at).toMatchObject({ 'locale.ts': 'lib', 'tag.ts': 'lib' })
  const { at } = place(plan, 'locale.ts? > ~messages.ts', ...others)
  expect(at['locale.ts']).not.toBe(at['tag.ts'])
})

test('what was lazy and is eager now goes to the entry, groups and packages without effects stay', () => {
  const chunks = {
    parts: { modules: ['parts/'] },
    vendor: { modules: ['/node_modules/lib/index.js', '/node_modules/pure/index.js'] },
    kept: { kind: 'group', modules: ['kept.ts'] },
    shared: { modules: ['shared/'] },
    a: { imports: ['kept', 'parts', 'shared', 'vendor'], modules: ['a.ts'] },
    b: { imports: ['parts', 'shared'], modules: ['b.ts'] },
    index: { ...ENTRY, imports: ['shared'] },
  } as const
  const { at, inEntries, moved } = place(
    chunks,
    'main.ts > shared/x.ts a.ts ~b.ts',
    'shared/x.ts > shared/y.ts',
    'shared/y.ts',
    'a.ts > parts/a.ts /node_modules/lib/index.js /node_modules/pure/index.js kept.ts shared/x.ts',
    'b.ts > parts/a.ts parts/b.ts shared/y.ts',
    'parts/a.ts',
    'parts/b.ts',
    'kept.ts',
    '/node_modules/lib/index.js',
    '/node_modules/pure/index.js',
  )
  expect([...inEntries.keys()].sort()).toEqual(['/node_modules/lib/index.js', 'a.ts', 'main.ts', 'parts/a.ts'])
  expect(at).toMatchObject({
    '/node_modules/pure/index.js': 'vendor',
    'b.ts': 'b',
    'parts/b.ts': 'parts',
    'kept.ts': 'kept',
    'shared/x.ts': 'shared',
  })
  expect(moved.map(({ key, to }) => `${key} ${to}`)).toEqual([
    '/node_modules/lib/index.js index',
    'a.ts index',
    'parts/a.ts index',
  ])
})

test('what an entry waits for must not need the chunk of the entry: nothing goes there', () => {
  const chunks = { a: { modules: ['a.ts'] }, b: { modules: ['b.ts'] }, index: ENTRY }
  const lines = ['a.ts', 'b.ts > a.ts']
  expect(place(chunks, 'main.ts > a.ts ~b.ts', ...lines).moved).toEqual([{ key: 'a.ts', from: 'a', to: 'index' }])
  expect(place(chunks, 'main.ts? > a.ts ~b.ts', ...lines).moved).toEqual([])
})

test('a new module that others notice runs where the source has it: with what its importer runs behind it, where nobody gets more by that', () => {
  const chunks = {
    base: { modules: ['loud-base.ts'] },
    a: { imports: ['base'], modules: ['a.ts'] },
    index: { ...ENTRY, imports: ['base'] },
  } as const
  const lines = ['loud-base.ts', 'a.ts > loud-base.ts', 'part.ts', 'quiet.ts > part.ts', 'loud-new.ts > part.ts']
  const { at, inEntries } = place(chunks, 'main.ts > loud-new.ts loud-base.ts ~a.ts', ...lines)
  expect(at).toMatchObject({ 'loud-base.ts': 'base', 'loud-new.ts': 'base', 'part.ts': 'base' })
  expect([...inEntries.keys()]).toEqual(['main.ts'])
  const behind = place(chunks, 'main.ts > loud-base.ts loud-new.ts ~a.ts', ...lines)
  expect(behind.inEntries.get('loud-new.ts')).toBe('index')
  const quiet = place(chunks, 'main.ts > quiet.ts loud-base.ts ~a.ts', ...lines)
  expect(quiet.inEntries.get('quiet.ts')).toBe('index')
})

test('what two pages share runs before the rest of each, whatever the source has in front: so does the bundler without a plan', () => {
  const chunks = {
    both: { modules: ['loud-both.ts'] },
    a: { imports: ['both'], modules: ['a.ts'] },
    b: { imports: ['both'], modules: ['b.ts'] },
    index: ENTRY,
  } as const
  const lines = ['main.ts > ~a.ts ~b.ts', 'b.ts > loud-both.ts', 'loud-both.ts', 'loud-new.ts']
  expect(place(chunks, ...lines, 'a.ts > loud-new.ts loud-both.ts').at).toMatchObject({ 'loud-new.ts': 'a' })
})

test('a stylesheet that comes to lie in front of another is brought into the chunk of that one, but not into a group', () => {
  const chunks = (kind: 'planned' | 'group') =>
    ({
      base: { kind, modules: ['base.ts', 'base.css'] },
      a: { imports: ['base'], modules: ['a.ts'] },
      index: { ...ENTRY, imports: ['base'] },
    }) as const
  const lines = [
    'main.ts > new.ts base.ts ~a.ts',
    'a.ts > base.ts',
    'base.ts > base.css',
    'new.ts > new.css',
    'base.css',
    'new.css',
  ]
  expect(place(chunks('planned'), ...lines).at).toMatchObject({ 'base.css': 'base', 'new.css': 'base' })
  expect(place(chunks('group'), ...lines).inEntries.get('new.css')).toBe('index')
})

test('a chunk that more load than need it gets nothing that others notice', () => {
  const chunks = {
    data: { modules: ['data/', 'loud-data.ts'], shared: 'pages' },
    a: { imports: ['data'], modules: ['a.ts'] },
    b: { imports: ['data'], modules: ['b.ts'] },
    index: ENTRY,
  } as const
  const lines = ['main.ts > ~a.ts ~b.ts', 'data/x.ts', 'data/y.ts', 'loud-data.ts', 'a.ts > data/x.ts']
  const { at } = place(chunks, ...lines, 'b.ts > data/y.ts loud-data.ts')
  expect(at).toMatchObject({ 'data/x.ts': 'data', 'data/y.ts': 'data', 'loud-data.ts': 'b' })
  const barrel = place(chunks, ...lines, 'b.ts > data/y.ts data/index.ts', 'data/index.ts > data/x.ts loud-data.ts').at
  expect(barrel['data/x.ts']).not.toBe(barrel['loud-data.ts'])
  expect(barrel['data/x.ts']).not.toBe(barrel['data/index.ts'])
})

test('what others may not notice at all stays in a chunk that more load than need it', () => {
  const chunks = {
    data: { modules: ['data/', 'perhaps-data.ts'], shared: 'pages' },
    a: { imports: ['data'], modules: ['a.ts'] },
    b: { imports: ['data'], modules: ['b.ts'] },
    index: ENTRY,
  } as const
  const lines = ['main.ts > ~a.ts ~b.ts', 'data/x.ts', 'perhaps-data.ts', 'a.ts > data/x.ts', 'b.ts > perhaps-data.ts']
  expect(place(chunks, ...lines).moved).toEqual([])
})

test('modules are brought together that call the same, and not those of which one does something and the other calls', () => {
  const placeOf = (first: string, second: string): string | undefined => {
    const chunks = {
      base: { modules: [second] },
      a: { imports: ['base'], modules: ['a.ts'] },
      index: { ...ENTRY, imports: ['base'] },
    } as const
    const { table, inEntries } = place(chunks, `main.ts > ${first} ${second} ~a.ts`, first, second, `a.ts > ${second}`)
    return table.get(first) ?? inEntries.get(first)
  }
  expect(placeOf('asks-fire-new.ts', 'asks-fire.ts')).toBe('base')
  expect(placeOf('asks-fire-new.ts', 'asks-clock.ts')).toBe('index')
  expect(placeOf('loud-new.ts', 'asks-fire.ts')).toBe('index')
})
