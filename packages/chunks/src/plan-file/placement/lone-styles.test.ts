import { describe, expect, test } from 'vitest'
import { aPlan } from '../testing/a-plan.ts'
import type { BundledModule } from './bundled-graph.ts'
import { placeModules } from './place-modules.ts'

const THEME = '/node_modules/kit/theme.css'

/** Modules by what they import, targets of `import()` with a star. */
function modulesOf(source: Readonly<Record<string, readonly string[]>>): BundledModule[] {
  return Object.entries(source).map(([id, targets]) => ({
    id,
    key: id,
    entry: id === 'main.ts',
    removed: id === 'barrel.ts',
    imports: targets.filter((target) => !target.startsWith('*')),
    dynamicImports: targets.filter((target) => target.startsWith('*')).map((target) => target.slice(1)),
  }))
}

/** Where two pages with CSS of their own, and a stylesheet of both, which one has from a barrel, go when `main.ts` imports this, and page b that, too. */
function placed(
  main: readonly string[],
  b: readonly string[] = [],
  kind: 'group' | 'planned' = 'planned',
): Map<string, string> {
  const stored = aPlan({
    theme: { kind, modules: [THEME] },
    a: { imports: ['theme'], modules: ['a.ts', 'a.css'] },
    b: { imports: ['theme'], modules: ['b.ts', 'b.css'] },
    index: { kind: 'entry', modules: ['main.ts'] },
  })
  const source = {
    'main.ts': main,
    'a.ts': ['barrel.ts', 'a.css'],
    'barrel.ts': [THEME],
    'b.ts': [...b, THEME, 'b.css'],
  }
  const modules = modulesOf({ ...source, [THEME]: [], 'a.css': [], 'b.css': [] })
  const { table, inEntries } = placeModules(stored, { modules })
  return new Map([...table, ...inEntries])
}

describe('a stylesheet without scripts in its chunk', () => {
  test('stays where the plan has it', () => {
    expect(placed(['*a.ts', '*b.ts']).get(THEME)).toBe('theme')
  })

  test('goes to the importer that loads it for all, when that has CSS of its own', () => {
    const places = placed(['a.ts', '*b.ts'])
    expect(places.get(THEME)).toBe(places.get('a.css'))
  })

  test('goes with the page that another page imports now', () => {
    expect(placed(['*a.ts', '*b.ts'], ['a.ts']).get(THEME)).toBe('a')
  })

  test('stays in its group', () => {
    expect(placed(['a.ts', '*b.ts'], [], 'group').get(THEME)).toBe('theme')
  })
})

test('a stylesheet goes where those have it too who import what imports it and use nothing else of that', () => {
  const stored = aPlan({
    ui: { modules: ['part.css'] },
    a: { imports: ['ui'], modules: ['a.ts', 'part.ts'] },
    index: { kind: 'entry', imports: ['ui'], mentions: { 'main.ts': ['a'] }, modules: ['main.ts'] },
  })
  const source = { 'main.ts': ['part.ts', '*a.ts'], 'a.ts': ['part.ts', 'new.css'], 'part.ts': ['part.css'] }
  const { inEntries } = placeModules(stored, { modules: modulesOf({ ...source, 'part.css': [], 'new.css': [] }) })
  expect(inEntries.get('part.css')).toBe('index')
})
