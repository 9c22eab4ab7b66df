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

/**
 * A graph like those of real apps: packages below, shared code above them, pages on top that use a part of both and much of
 * their own. Same numbers, same graph.
 */
export function syntheticGraph(app: SyntheticApp): LiveGraph {
  const random = randomOf(app.seed)
  const drafts = [...packageModules(app, random), ...sharedModules(app, random)]
  const pages = pageModules(app, random, drafts)
  const nested = nestedModules(app, random, drafts)
  const entries = entryModules(app, random, drafts, pages)
  for (const draft of drafts) {
    if (random() < (app.cycles ?? 0.02))
      draft.imports.push(Math.min(drafts.length - 1, drafts.indexOf(draft) + 1 + below(random, 3)))
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

function packageModules({ modules, packages }: SyntheticApp, random: () => number): Draft[] {
  const drafts: Draft[] = []
  const count = Math.floor(modules * 0.4)
  for (let index = 0; index < count; index++) {
    const owner = Math.floor((index / count) ** 1.5 * packages)
    const imports = drafts.length === 0 ? [] : [...near(random, drafts.length, 2), ...far(random, drafts.length, 0.3)]
    drafts.push({
      id: `node_modules/p${owner}/m${index}.js`,
      volatility: `package:p${owner}`,
      imports,
      dynamicImports: [],
    })
  }
  return drafts
}

function sharedModules({ modules }: SyntheticApp, random: () => number): Draft[] {
  const packages = Math.floor(modules * 0.4)
  return Array.from({ length: Math.floor(modules * 0.15) }, (_draft, index) => ({
    id: `src/shared/m${index}.ts`,
    volatility: 'app',
    imports: [
      ...far(random, Math.max(1, packages), 2),
      ...(index > 0 ? near(random, index, 1).map((at) => packages + at) : []),
    ],
    dynamicImports: [],
  }))
}

function pageModules({ modules, routes }: SyntheticApp, random: () => number, drafts: Draft[]): number[] {
  const shared = drafts.length
  const each = Math.max(1, Math.floor((modules * 0.4) / Math.max(1, routes)))
  return Array.from({ length: routes }, (_page, route) => {
    const first = drafts.length
    for (let index = 0; index < each; index++) {
      const own = index === 0 ? [] : near(random, index, index === each - 1 ? 3 : 1).map((at) => first + at)
      const id = `src/pages/page-${route}/m${index}.tsx`
      drafts.push({ id, volatility: 'app', imports: [...own, ...far(random, shared, 1)], dynamicImports: [] })
    }
    return drafts.length - 1
  })
}

function nestedModules({ nested }: SyntheticApp, random: () => number, drafts: Draft[]): number[] {
  const known = drafts.length
  return Array.from({ length: nested }, (_target, index) => {
    const id = `src/dialogs/dialog-${index}.tsx`
    return drafts.push({ id, volatility: 'app', imports: far(random, known, 3), dynamicImports: [] }) - 1
  })
}

function entryModules(
  { entries = 1 }: SyntheticApp,
  random: () => number,
  drafts: Draft[],
  pages: readonly number[],
): number[] {
  const shared = drafts.filter(({ id }) => !id.startsWith('src/pages') && !id.startsWith('src/dialogs')).length
  return Array.from({ length: entries }, (_entry, index) => {
    const own = pages.filter((_page, at) => at % entries === index)
    const imports = far(random, Math.max(1, shared), 6)
    const router =
      drafts.push({
        id: `src/router-${index}.ts`,
        volatility: 'importer',
        imports: far(random, shared, 2),
        dynamicImports: own,
      }) - 1
    return (
      drafts.push({
        id: `src/main-${index}.tsx`,
        volatility: 'app',
        imports: [...imports, router],
        dynamicImports: [],
      }) - 1
    )
  })
}

/** Mulberry32: the same numbers on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit)
}

/** Some of the numbers just below the given one. */
function near(random: () => number, count: number, mean: number): number[] {
  return Array.from({ length: 1 + below(random, mean * 2) }, () => Math.max(0, count - 1 - below(random, 8)))
}

/** Some of all numbers below the given one, low ones more often: that is how popular modules come about. */
function far(random: () => number, count: number, mean: number): number[] {
  const times = random() < mean % 1 ? Math.ceil(mean) : Math.floor(mean)
  return Array.from({ length: times }, () => Math.floor(random() ** 2 * count))
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
