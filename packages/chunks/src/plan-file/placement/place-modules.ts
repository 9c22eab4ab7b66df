import type { LinkedModules, LinkSources } from '../linking/link-modules.ts'
import type { StoredChunk, StoredPlan } from '../stored-plan.ts'
import { type BundledGraph, indexBundle } from './bundled-graph.ts'
import { joinEager } from './join-eager.ts'
import { keepLazy } from './keep-lazy.ts'
import { keepOrder } from './keep-order.ts'
import { type GroupOf, layOut, noticing } from './layout.ts'
import { bringStyles } from './lone-styles.ts'
import { placeNew } from './place-new.ts'
import { repairCycles } from './repair-cycles.ts'

/** Where a build puts its modules. All lists are sorted by key. */
export interface Placement {
  /**
   * Module id → name of its chunk. Not in it: what belongs to the chunk of an entry, see {@link Placement.inEntries}, and what is left to
   * the bundler.
   */
  readonly table: ReadonlyMap<string, string>
  /** Module id → name of the chunk of an entry that it lies in; the entry itself is among them. */
  readonly inEntries: ReadonlyMap<string, string>
  /** Modules that the plan does not know, and the chunk they were given. */
  readonly added: readonly { readonly key: string; readonly chunk: string }[]
  /** Modules that could not stay where the plan has them: their imports or what they do, or that of others, has changed too much. */
  readonly moved: readonly { readonly key: string; readonly from: string; readonly to: string }[]
  /** Modules that no other leads to; the bundler adds such helpers itself. */
  readonly unplaced: readonly string[]
  /** Lines of the plan that no module belongs to any more. */
  readonly gone: readonly string[]
}

/** A build whose modules are placed. */
type PlacedBuild = Pick<LinkedModules, 'modules'> & Partial<LinkedModules> & Partial<Pick<LinkSources, 'isPure'>>

/**
 * Says for every module of a build in which chunk it goes, from a plan that may be older than the sources. Whatever was changed since:
 * no chunks import each other in a circle, and what is reached only through `import()` is in no chunk that is loaded before. Both as far
 * as the source shows it; which of its imports are used is known only once the build is written, and verified then.
 *
 * The same plan and the same modules give the same answer, in whatever order the modules come.
 *
 * @param modules all that were bundled, those that tree shaking removed as a whole marked so
 * @param basisOf without it, whatever the plan says about imports that are not used is believed
 * @param isPure whether a module is declared free of side effects; none, if it is not said
 * @param noticed what others notice of modules, other than CommonJS, which runs where it is required; without it, nothing moves for that
 * @param groupOf which group of the options a module belongs to; a new one goes there first
 */
export function placeModules(
  stored: StoredPlan,
  { modules, basisOf, isPure = () => false, noticed }: PlacedBuild,
  groupOf?: GroupOf,
): Placement {
  const bundle = indexBundle(modules)
  const planned = layOut(bundle, withValidMentions(stored.chunks, bundle, basisOf), groupOf)
  const layout = noticed && stored.unordered !== true ? noticing(planned, noticed) : planned
  const before = layout.chunkOf.slice()
  joinEager(layout, stored.chunks, isPure)
  repairCycles(layout)
  const { added, unplaced } = placeNew(layout)
  keepLazy(layout)
  keepOrder(layout)
  bringStyles(layout, stored.chunks, before)
  const keyOf = (module: number): string => bundle.modules[module]?.key ?? ''
  const chunkOf = (module: number): string => layout.chunks[layout.chunkOf[module] as number]?.name ?? ''
  const table = new Map<string, string>()
  const inEntries = new Map<string, string>()
  const moved: { key: string; from: string; to: string }[] = []
  for (const [module, { id, key }] of bundle.modules.entries()) {
    const chunk = layout.chunks[layout.chunkOf[module] as number]
    if (chunk === undefined) continue
    const places = chunk.kind === 'entry' ? inEntries : table
    places.set(id, chunk.name)
    const from = layout.chunks[before[module] as number]
    if (from !== undefined && from !== chunk) moved.push({ key, from: from.name, to: chunk.name })
  }
  const used = new Set(bundle.modules.map(({ key }) => layout.lines.lineOf(key)))
  return {
    table,
    inEntries,
    added: sorted(added.map((module) => ({ key: keyOf(module), chunk: chunkOf(module) }))),
    moved: sorted(moved),
    unplaced: unplaced.map(keyOf).sort(),
    gone: stored.chunks.flatMap(({ modules }) => modules.filter((line) => !used.has(line))).sort(),
  }
}

/** Without what was said of modules that take other names now, or that others take other names from. */
function withValidMentions(
  chunks: readonly StoredChunk[],
  { modules }: BundledGraph,
  basisOf: LinkedModules['basisOf'] | undefined,
): readonly StoredChunk[] {
  if (!basisOf || chunks.every(({ basis }) => basis === undefined)) return chunks
  const idOf = new Map(modules.map(({ id, key }) => [key, id]))
  const isValid = (key: string, basis: string | undefined): boolean => {
    const id = idOf.get(key)
    return basis === undefined || id === undefined || basisOf(id) === basis
  }
  return chunks.map((chunk) => {
    const mentions = Object.entries(chunk.mentions).filter(([key]) => isValid(key, chunk.basis?.[key]))
    return { ...chunk, mentions: Object.fromEntries(mentions) }
  })
}

function sorted<Item extends { readonly key: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}
