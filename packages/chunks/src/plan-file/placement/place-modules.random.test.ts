import { seeded } from '@paceline/testkit/seeded'
import { describe, expect, test } from 'vitest'
import type { LiveGraph } from '../../live-graph.ts'
import type { ChunkPlan } from '../../plan.ts'
import { planChunks } from '../../planner/plan-chunks.ts'
import { syntheticGraph } from '../../planner/synthetic-graph.ts'
import { formatPlan } from '../format-plan.ts'
import { indexLines } from '../lines.ts'
import { parsePlan } from '../parse-plan.ts'
import { storePlan } from '../store-plan.ts'
import type { StoredPlan } from '../stored-plan.ts'
import { edits, editSources } from '../testing/edit-sources.ts'
import { bundleOf, closureOf, type Sources, sourcesOf } from '../testing/sources.ts'
import type { Noticed } from '../linking/link-modules.ts'
import { type Placement, placeModules } from './place-modules.ts'

const RUNS = Number(process.env['PACELINE_RANDOM_RUNS'] ?? 60)
const seeds = Array.from({ length: RUNS }, (_, seed) => seed)

/** A chunk for each set of roots that need it: no module is shipped to anybody who does not need it. */
function atoms(live: LiveGraph): ChunkPlan {
  const sources = sourcesOf(live)
  const needed = neededBy(sources)
  const groups = Map.groupBy(live.modules, ({ key }) => [...needed.get(key)!].sort().join())
  const chunkOf = new Map([...groups.values()].flatMap((list, index) => list.map(({ key }) => [key, `chunk-${index}`])))
  return {
    chunks: [...groups.values()].map((list, index) => {
      const name = `chunk-${index}`
      const imports = list.flatMap(({ key }) => sources.get(key)!.imports.map((target) => chunkOf.get(target)!))
      const kind = list.some(({ key }) => sources.get(key)!.entry) ? 'entry' : 'planned'
      return {
        name,
        kind,
        modules: list.map(({ key }) => key),
        imports: [...new Set(imports)].filter((other) => other !== name),
      }
    }),
  }
}

function rootsOf(sources: Sources): string[] {
  return [...sources].flatMap(([key, { entry, dynamicImports }]) => (entry ? [key, ...dynamicImports] : dynamicImports))
}

/** Module → roots whose static closure has it. */
function neededBy(sources: Sources): Map<string, Set<string>> {
  const needed = new Map([...sources.keys()].map((key) => [key, new Set<string>()]))
  for (const root of new Set(rootsOf(sources))) {
    const closure = closureOf([root], (key) => [...sources.get(key)!.imports, ...sources.get(key)!.mentions])
    for (const key of closure) needed.get(key)?.add(root)
  }
  return needed
}

/** Roots that somebody can come to without ever having loaded the module. */
function rootsWithout(module: string, sources: Sources, needed: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const lacks = (root: string): boolean => !needed.get(module)!.has(root)
  const entries = [...sources].filter(([key, { entry }]) => entry && lacks(key)).map(([key]) => key)
  const callable = Map.groupBy(
    [...sources].flatMap(([key, { dynamicImports }]) =>
      [...needed.get(key)!].map((root) => ({ root, dynamicImports })),
    ),
    ({ root }) => root,
  )
  return closureOf(entries, (root) =>
    (callable.get(root) ?? []).flatMap(({ dynamicImports }) => dynamicImports.filter(lacks)),
  )
}

const both = (isNoticed: Noticed['atAll']): Noticed => ({
  inOrder: isNoticed,
  asks: () => new Set(),
  atAll: isNoticed,
})

/** The sources of a random app, the plan for them as a file would give it back, and unused imports strewn over them. */
function randomApp(
  seed: number,
  planOf: (live: LiveGraph) => ChunkPlan,
): { sources: Sources; stored: StoredPlan; plan: ChunkPlan; noticed: Noticed } {
  const random = seeded(seed + 1)
  const live = syntheticGraph({
    modules: 40 + seed,
    routes: 3 + (seed % 5),
    nested: seed % 4,
    packages: 5,
    entries: 1 + (seed % 2),
    seed,
  })
  const plan = planOf(live)
  const sources = sourcesOf(live)
  const keys = [...sources.keys()]
  for (let count = Math.floor(random() * 10); count > 0; count--) {
    const [from, to] = [random(), random()].map((share) => keys[Math.floor(share * keys.length)]!) as [string, string]
    if (from !== to && !sources.get(from)!.imports.includes(to)) sources.get(from)!.mentions.push(to)
  }
  const figures = { routes: [], cost: 0 }
  const loud = new Set(live.modules.flatMap(({ key, effects }) => (effects ? [key] : [])))
  const idOf = new Map(bundleOf(sources).map(({ id, key }) => [id, key]))
  const noticed = both((id) => loud.has(idOf.get(id) ?? ''))
  const extras = { app: 'random', settings: {}, figures, modules: bundleOf(sources), noticed }
  const made = storePlan(plan, live, extras)
  return { sources, plan, stored: parsePlan(formatPlan(made), 'paceline.chunks.json'), noticed }
}

/** Where every module is; the bundler would have to find a place for the rest. */
function chunksOf(sources: Sources, { table, inEntries }: Placement): Map<string, string> {
  return new Map(bundleOf(sources).map(({ id, key }) => [key, table.get(id) ?? inEntries.get(id) ?? `bundler: ${key}`]))
}

/** Chunk → chunks, from what is really used. */
function chunkGraph(sources: Sources, chunkOf: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const graph = new Map([...chunkOf.values()].map((name) => [name, new Set<string>()]))
  for (const [key, own] of chunkOf) {
    for (const target of sources.get(key)!.imports) {
      const other = chunkOf.get(target)
      if (other !== undefined && other !== own) graph.get(own)!.add(other)
    }
  }
  return graph
}

function expectAcyclic(graph: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [chunk, targets] of graph) {
    expect([...closureOf(targets, (name) => [...graph.get(name)!])], `what ${chunk} imports`).not.toContain(chunk)
  }
}

/** @param holds chunks that are held to it */
function expectLazy(sources: Sources, chunkOf: ReadonlyMap<string, string>, holds: (chunk: string) => boolean): void {
  const graph = chunkGraph(sources, chunkOf)
  const needed = neededBy(sources)
  const loads = new Map(
    rootsOf(sources)
      .filter((root) => chunkOf.has(root))
      .map((root) => [root, closureOf([chunkOf.get(root)!], (name) => [...graph.get(name)!])]),
  )
  const early = [...chunkOf].flatMap(([module, chunk]) => {
    if (!holds(chunk) || needed.get(module)!.size === 0) return []
    const without = rootsWithout(module, sources, needed)
    return [...loads]
      .filter(([root, loaded]) => loaded.has(chunk) && without.has(root))
      .map(([root]) => `${module} by ${root}`)
  })
  expect(early).toEqual([])
}

const planners: [string, (live: LiveGraph) => ChunkPlan][] = [
  ['a chunk per set of roots', atoms],
  [
    'the planner',
    (live) =>
      planChunks(live, {
        strategy: 'planned',
        returning: 0.5,
        maxInitialRequests: 8,
        maxRouteRequests: 12,
        minChunkSize: 2000,
        stable: false,
        groups: [],
      }).plan,
  ],
]

describe.each(planners)('placeModules() on a plan by %s', (_name, planOf) => {
  test.each(seeds)('follows the plan of unchanged app %d to the module', (seed) => {
    const { sources, stored, plan, noticed } = randomApp(seed, planOf)
    const placement = placeModules(stored, { modules: bundleOf(sources), noticed })
    expect(placement).toMatchObject({ added: [], moved: [], unplaced: [], gone: [] })
    const planned = plan.chunks.flatMap(({ name, modules }) => modules.map((key) => [key, name]))
    expect(chunksOf(sources, placement)).toEqual(new Map(planned as [string, string][]))
  })

  test.each(seeds)('keeps chunks free of cycles and lazy modules lazy when app %d is edited', (seed) => {
    const { sources, stored } = randomApp(seed, planOf)
    const random = seeded(seed * 7 + 3)
    const lines = indexLines(stored.chunks)
    const nameOf = (key: string): string => stored.chunks[lines.chunkOf(key) ?? -1]?.name ?? ''
    const isMention = (from: string, to: string): boolean =>
      stored.chunks.some(({ mentions }) => mentions[from]?.includes(nameOf(to)))
    for (let round = 0; round < 4; round++) {
      for (let count = 0; count < 1 + (seed % 6); count++) {
        const edit = edits[Math.floor(random() * edits.length)]!
        editSources(sources, edit, random, (from, to) => !isMention(from, to))
      }
      const modules = bundleOf(sources)
      const noticed = both(() => seed % 3 > 0)
      const placement = placeModules(stored, { modules, noticed })
      const chunkOf = chunksOf(sources, placement)
      expect([...chunkOf].filter(([, chunk]) => chunk.startsWith('bundler: '))).toEqual([])
      expectAcyclic(chunkGraph(sources, chunkOf))
      const shared = stored.chunks.filter((chunk) => chunk.shared !== undefined).map(({ name }) => name)
      const graph = chunkGraph(sources, chunkOf)
      const loose = closureOf(shared, (name) => [...(graph.get(name) ?? [])])
      expectLazy(sources, chunkOf, (chunk) => !loose.has(chunk))
      const shuffled = modules.toSorted(() => random() - 0.5)
      expect(placeModules(stored, { modules: shuffled, noticed })).toEqual(placement)
    }
  })
})
