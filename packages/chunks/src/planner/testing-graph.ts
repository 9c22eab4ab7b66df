import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { inSourceOrder } from './synthetic-graph.ts'

/** What a test wants to be different about a module. */
export type ModuleDetails = Partial<Pick<LiveModule, 'size' | 'effects' | 'awaits' | 'starts' | 'kind'>>

/**
 * A graph from `module → what it imports`; targets of `import()` are marked with a star. The first modules are the entries. A module
 * `name/lib…` belongs to the package `name`. Every target of an entry's `import()`s is a page.
 */
export function graphFrom(
  imports: Readonly<Record<string, readonly string[]>>,
  details: Readonly<Record<string, ModuleDetails>> = {},
  entries = 1,
): LiveGraph {
  const names = Object.keys(imports)
  const indices = (list: readonly string[]) => list.map((name) => names.indexOf(name))
  const modules = names.map((name): LiveModule => {
    const list = imports[name] as readonly string[]
    const owner = /^([^/]+)\/lib/u.exec(name)?.[1]
    const dynamicImports = indices(list.filter((target) => target.startsWith('*')).map((target) => target.slice(1)))
    const own = dynamicImports.length > 0 ? 'importer' : 'app'
    return {
      id: name,
      key: name,
      kind: 'js',
      ...(owner === undefined ? {} : { package: owner }),
      size: { raw: 9000, brotli: 3000 },
      imports: indices(list.filter((target) => !target.startsWith('*'))),
      dynamicImports,
      effects: false,
      volatility: owner === undefined ? own : `package:${owner}`,
      ...details[name],
    }
  })
  const first = Array.from({ length: entries }, (_entry, index) => index)
  const pages = first.flatMap((entry) => {
    const targets = new Set(
      reachable(modules, entry).flatMap((module) => (modules[module] as LiveModule).dynamicImports),
    )
    return [...targets].map((page) => ({ id: (modules[page] as LiveModule).id, weight: 1, roots: [entry, page] }))
  })
  const own = first.map((entry) => ({ id: (modules[entry] as LiveModule).id, weight: 1, roots: [entry] }))
  return inSourceOrder(modules, first, [...own, ...pages])
}

function reachable(modules: readonly LiveModule[], start: number): number[] {
  const found = new Set([start])
  for (const module of found) for (const target of (modules[module] as LiveModule).imports) found.add(target)
  return [...found]
}
