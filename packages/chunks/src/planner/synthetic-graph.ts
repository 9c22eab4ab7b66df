import { seeded } from '@paceline/testkit/seeded'
import type { LiveGraph, LiveModule, Scenario, Volatility } from '../live-graph.ts'

/** An app made of numbers, for tests and for measuring the planner. */
export interface SyntheticApp {
  readonly modules: number
  readonly routes: number
  /** `import()`s that are no pages: dialogs, editors, languages. */
  readonly nested: number
  readonly packages: number
  readonly entries?: number
  /** Share of modules that are noticed when they run. */
  readonly effects?: number
  /** Share of modules that import one of the modules after them, which makes a cycle. */
  readonly cycles?: number
  readonly seed: number
}

interface Draft {
  readonly id: string
  readonly volatility: Volatility
  readonly imports: number[]
  readonly dynamicImports: number[]
}

/** What is known while the graph grows. */
interface Growth {
  readonly app: SyntheticApp
  readonly random: () => number
  readonly drafts: Draft[]
  /** The module that others import of each package, popular ones first. */
  readonly heads: number[]
  readonly shared: number[]
}

/**
 * A graph like those of real apps: packages that are reached through one module each, shared code above them, and pages that use a few
 * popular and some rare ones of both and much of their own. Same numbers, same graph.
 */
export function syntheticGraph(app: SyntheticApp): LiveGraph {
  const random = seeded(app.seed)
  const growth: Growth = { app, random, drafts: [], heads: [], shared: [] }
  growPackages(growth)
  growShared(growth)
  const pages = Array.from({ length: app.routes }, (_page, route) =>
    growPage(growth, `pages/page-${route}`, 0.4 / app.routes),
  )
  const nested = Array.from({ length: app.nested }, (_target, index) =>
    growPage(growth, `dialogs/dialog-${index}`, 0.05 / app.nested),
  )
  const entries = growEntries(growth, pages)
  adoptOrphans(growth, pages)
  const { drafts } = growth
  for (const [index, draft] of drafts.entries()) {
    if (random() < (app.cycles ?? 0.02)) draft.imports.push(Math.min(drafts.length - 1, index + 1 + below(random, 3)))
  }
  for (const target of nested) (drafts[below(random, drafts.length)] as Draft).dynamicImports.push(target)
  const scenarios = [
    ...entries.map((entry, index) => ({ id: `entry ${index}`, weight: 1, roots: [entry] })),
    ...pages.map((page, index) => ({
      id: `/page-${index}`,
      weight: 1 + below(random, 4),
      roots: [entries[index % entries.length] as number, page],
    })),
  ]
  return inSourceOrder(finishModules(drafts, random, app.effects ?? 0.1), entries, scenarios)
}

function growPackages({ app, random, drafts, heads }: Growth): void {
  const count = Math.floor(app.modules * 0.4)
  for (let owner = 0; owner < app.packages; owner++) {
    const first = drafts.length
    const own = Math.max(1, Math.floor((count / app.packages) * 2 * random()))
    for (let index = 0; index < own; index++) {
      const last = index === own - 1
      const inside = index === 0 ? [] : near(random, index, last ? 6 : 2).map((at) => first + at)
      const outside = last || random() < 0.05 ? pick(random, heads, last ? 2 : 1) : []
      const id = `node_modules/p${owner}/m${index}.js`
      drafts.push({ id, volatility: `package:p${owner}`, imports: [...inside, ...outside], dynamicImports: [] })
    }
    heads.push(drafts.length - 1)
  }
}

/** Kits of a few modules each: a dialog with its parts, a table with its cells. Mostly others import the kit, now and then a part. */
function growShared({ app, random, drafts, heads, shared }: Growth): void {
  const count = Math.floor(app.modules * 0.15)
  for (let index = 0; index < count;) {
    const first = drafts.length
    const own = Math.min(count - index, 1 + below(random, KIT_MODULES))
    for (let part = 0; part < own; part++, index++) {
      const inside = part === 0 ? [] : near(random, part, part === own - 1 ? own : 1).map((at) => first + at)
      const outside = random() < 0.5 ? [...pick(random, heads, 0), ...pick(random, shared, 0)] : []
      drafts.push({
        id: `src/shared/m${index}.ts`,
        volatility: 'app',
        imports: [...inside, ...outside],
        dynamicImports: [],
      })
    }
    shared.push(drafts.length - 1)
    if (random() < 0.2) shared.push(first)
  }
}

const KIT_MODULES = 12

/** Imports what nobody imports from pages, so that no module is lost. */
function adoptOrphans({ app, random, drafts, heads, shared }: Growth, pages: readonly number[]): void {
  const imported = new Set(drafts.flatMap(({ imports }) => imports))
  const orphans = [...heads, ...shared].filter((module) => !imported.has(module))
  for (const [index, orphan] of orphans.entries()) {
    const importer = pages[(index + below(random, app.routes)) % pages.length] as number
    ;(drafts[importer] as Draft).imports.push(orphan)
  }
}

/** Some modules of which the last is the page. */
function growPage({ app, random, drafts, heads, shared }: Growth, name: string, share: number): number {
  const first = drafts.length
  const own = Math.max(1, Math.floor(app.modules * share))
  for (let index = 0; index < own; index++) {
    const last = index === own - 1
    const inside = index === 0 ? [] : near(random, index, last ? 6 : 2).map((at) => first + at)
    const outside = last || random() < 0.1 ? [...pick(random, shared, 1), ...pick(random, heads, 0)] : []
    drafts.push({
      id: `src/${name}/m${index}.tsx`,
      volatility: 'app',
      imports: [...inside, ...outside],
      dynamicImports: [],
    })
  }
  return drafts.length - 1
}

/** A router that knows the pages, and a main module that imports much of what is popular. */
function growEntries({ app, random, drafts, heads, shared }: Growth, pages: readonly number[]): number[] {
  const { entries = 1 } = app
  return Array.from({ length: entries }, (_entry, index) => {
    const own = pages.filter((_page, at) => at % entries === index)
    const router = {
      id: `src/router-${index}.ts`,
      volatility: 'importer',
      imports: pick(random, heads, 2),
      dynamicImports: own,
    } as const
    const popular = [...heads.slice(0, heads.length / 4), ...shared.slice(0, shared.length / 6)]
    const imports = [...popular.filter(() => random() < 0.7), drafts.push(router) - 1]
    return drafts.push({ id: `src/main-${index}.tsx`, volatility: 'app', imports, dynamicImports: [] }) - 1
  })
}

/** Up to twice as many as the mean and one more, early ones more often: that is how popular modules come about. */
function pick(random: () => number, from: readonly number[], mean: number): number[] {
  if (from.length === 0) return []
  const times = 1 + below(random, mean * 2 + 1)
  return Array.from({ length: times }, () => from[Math.floor(random() ** 3 * from.length)] as number)
}

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit)
}

/** Some of the numbers just below the given one. */
function near(random: () => number, count: number, mean: number): number[] {
  return Array.from({ length: 1 + below(random, mean * 2) }, () => Math.max(0, count - 1 - below(random, 8)))
}

function finishModules(drafts: readonly Draft[], random: () => number, effects: number): LiveModule[] {
  return drafts.map(({ id, volatility, imports, dynamicImports }, own) => {
    const brotli = Math.ceil(40 + 900 * random() ** 4 * 4)
    const targets = [...new Set(dynamicImports)]
    return {
      id,
      key: id.replace('node_modules/', ''),
      kind: 'js',
      ...(volatility.startsWith('package:') ? { package: volatility.slice('package:'.length) } : {}),
      size: { raw: brotli * 3, brotli },
      imports: [...new Set(imports)].filter((target) => target !== own),
      dynamicImports: targets,
      effects: random() < effects,
      volatility: targets.length > 0 && volatility === 'app' ? 'importer' : volatility,
    }
  })
}

/** Renumbers the modules in the order in which they run: depth first from the entries, lazy ones after all static ones. Drops what nothing reaches. */
export function inSourceOrder(
  modules: readonly LiveModule[],
  entries: readonly number[],
  scenarios: readonly Scenario[],
): LiveGraph {
  const order: number[] = []
  const entered = new Set<number>()
  const lazy = new Set(entries)
  for (const root of lazy) {
    const path = entered.has(root) ? [] : [{ module: root, at: 0 }]
    entered.add(root)
    while (path.length > 0) {
      const step = path[path.length - 1] as { module: number; at: number }
      const { imports, dynamicImports } = modules[step.module] as LiveModule
      const target = imports[step.at++]
      if (target === undefined) {
        order.push(step.module)
        for (const later of dynamicImports) lazy.add(later)
        path.pop()
      } else if (!entered.has(target)) {
        entered.add(target)
        path.push({ module: target, at: 0 })
      }
    }
  }
  const numbers = new Map(order.map((module, index) => [module, index]))
  const renumber = (list: readonly number[]) => list.map((module) => numbers.get(module) as number)
  return {
    modules: order.map((module) => {
      const known = modules[module] as LiveModule
      return { ...known, imports: renumber(known.imports), dynamicImports: renumber(known.dynamicImports) }
    }),
    entries: renumber(entries),
    scenarios: scenarios.map((scenario) => ({ ...scenario, roots: renumber(scenario.roots) })),
  }
}
