import type { LiveGraph } from '../live-graph.ts'
import type { ChunkPlan, PlanFigures } from '../plan.ts'
import type { LinkedModules, Noticed } from './linking/link-modules.ts'
import { foldModules, type PlacedModule } from './fold-modules.ts'
import { directoriesOf, indexLines, packageOf } from './lines.ts'
import { orderChunks } from './order-chunks.ts'
import { type BundledGraph, type BundledModule, indexBundle } from './placement/bundled-graph.ts'
import { keepLazy } from './placement/keep-lazy.ts'
import { keepOrder } from './placement/keep-order.ts'
import { looseChunks } from './placement/loose-chunks.ts'
import { layOut, noticing } from './placement/layout.ts'
import { placeNew } from './placement/place-new.ts'
import { PLAN_VERSION, type StoredChunk, type StoredPlan, type StoredSettings } from './stored-plan.ts'

/** What a plan file says beside the partition. */
export interface PlanExtras extends Partial<Pick<LinkedModules, 'basisOf' | 'noticed'>> {
  /** Name of the app, as in its `package.json`. */
  readonly app: string
  readonly settings: StoredSettings
  readonly figures: PlanFigures
  /** What {@link placeModules} would be given for the very sources that the plan was made from. */
  readonly modules: readonly BundledModule[]
  /** Keys of modules that were looked at closely for this. They are mentioned in any case, or a build would not look. */
  readonly opened?: ReadonlySet<string>
}

/**
 * Makes of a plan what goes into a file: its modules folded, and what the sources show beyond it written down, so that an ordinary build
 * which knows only the sources takes nothing for new that was there.
 */
export function storePlan(plan: ChunkPlan, live: LiveGraph, extras: PlanExtras): StoredPlan {
  const { ordered } = orderChunks(plan.chunks)
  const bundle = indexBundle(extras.modules)
  const known = new Map(live.modules.map((module) => [module.key, module]))
  const planned = ordered.flatMap(({ modules }, chunk) =>
    modules.map((key): PlacedModule => {
      const module = known.get(key)
      const picked = module?.package !== undefined && module.volatility === 'app'
      return { key, package: module?.package, chunk, picked }
    }),
  )
  const bare = ordered.map(({ name, kind, imports }) => ({ name, kind, imports: imports.toSorted(), mentions: {} }))
  const named = bare.map((chunk, index) => ({ ...chunk, modules: ordered[index]?.modules ?? [] }))
  const lines = foldModules([...planned, ...emptyModules(bundle, named, planned)], ordered.length)
  const folded = bare.map((chunk, index) => ({ ...chunk, modules: lines[index] ?? [] }))
  const mentions = findMentions(bundle, folded, extras.opened ?? new Set())
  const mentioning = folded.map((chunk, index) => ({ ...chunk, mentions: mentions[index] ?? {} }))
  const idOf = new Map(extras.modules.map(({ id, key }) => [key, id]))
  const loose = looseChunks(layOut(bundle, mentioning))
  const chunks = mentioning.map((chunk, index): StoredChunk => {
    const shared = loose.get(index)
    const basis = extras.basisOf && basisOf(chunk, idOf, extras.basisOf)
    return { ...chunk, ...(basis && { basis }), ...(shared !== undefined && { shared }) }
  })
  const collections = [...new Set(planned.flatMap(({ key, picked }) => (picked ? (packageOf(key) ?? []) : [])))].sort()
  const routes = extras.figures.routes.map(({ id, bytes, requests }) => [id, { bytes: Math.round(bytes), requests }])
  return {
    version: PLAN_VERSION,
    app: extras.app,
    settings: extras.settings,
    ...(extras.noticed && isMoved(bundle, chunks, extras.noticed) ? { unordered: true } : {}),
    routes: Object.fromEntries(routes),
    ...(collections.length > 0 && { collections }),
    chunks,
  }
}

/** Whether builds that ask what others notice would move some of the modules that the plan was made for. */
function isMoved(bundle: BundledGraph, chunks: readonly StoredChunk[], noticed: Noticed): boolean {
  const layout = noticing(layOut(bundle, chunks), noticed)
  placeNew(layout)
  const before = layout.chunkOf.slice()
  keepLazy(layout)
  keepOrder(layout)
  return layout.chunkOf.some((chunk, module) => chunk !== before[module])
}

/** What the mentions of a chunk rest on; nothing where there are none. */
function basisOf(
  { mentions }: Pick<StoredChunk, 'mentions'>,
  idOf: ReadonlyMap<string, string>,
  of: LinkedModules['basisOf'],
): Record<string, string> | undefined {
  const keys = Object.keys(mentions)
  return keys.length === 0 ? undefined : Object.fromEntries(keys.map((key) => [key, of(idOf.get(key) ?? '')]))
}

/**
 * Files of the app that emit nothing, and so are in no plan, but stay in the bundler's graph: barrels and types. They get the place that a
 * build would find for them, once and for all. Those of packages lie where their package does.
 */
function emptyModules(
  bundle: BundledGraph,
  chunks: readonly StoredChunk[],
  planned: readonly PlacedModule[],
): PlacedModule[] {
  const ownPackages = new Set(planned.flatMap(({ key, package: name }) => (name === undefined ? [] : [packageOf(key)])))
  const directories = new Set(
    planned.flatMap(({ key, package: name }) => (name === undefined ? directoriesOf(key) : [])),
  )
  const isOwn = (key: string): boolean =>
    !ownPackages.has(packageOf(key)) &&
    (directoriesOf(key).some((directory) => directories.has(directory)) || !key.includes('/'))
  const layout = layOut(bundle, chunks)
  const { added } = placeNew(layout)
  return added.flatMap((module) => {
    const key = bundle.modules[module]?.key ?? ''
    const chunk = layout.chunkOf[module] as number
    return chunk < chunks.length && isOwn(key) ? [{ key, chunk }] : []
  })
}

/** Chunk → its modules whose source leads to chunks that the plan does not import, and those chunks. */
function findMentions(
  bundle: BundledGraph,
  chunks: readonly StoredChunk[],
  opened: ReadonlySet<string>,
): Record<string, string[]>[] {
  const lines = indexLines(chunks)
  const home = bundle.modules.map(({ key, removed }) => (removed === true ? undefined : lines.chunkOf(key)))
  const mentions = chunks.map((): Record<string, string[]> => ({}))
  for (const [module, targets] of bundle.imports.entries()) {
    const own = home[module]
    if (own === undefined) continue
    const others = new Set(
      targets.map((target) => home[target]).filter((chunk) => chunk !== undefined && chunk !== own),
    )
    const names = [...others].map((chunk) => chunks[chunk as number]?.name ?? '')
    const dead = names.filter((name) => !chunks[own]?.imports.includes(name)).sort()
    const key = bundle.modules[module]?.key ?? ''
    if (dead.length > 0 || opened.has(key)) (mentions[own] as Record<string, string[]>)[key] = dead
  }
  return mentions
}
