import { displayId, graphModules, packageLookup, type BuildGraphApi } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import type { Page } from '../analysis/pages.ts'
import type { NamedModule } from '../analysis/module-keys.ts'
import { checkPlacement } from '../plan-file/check-placement.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'
import { placeModules, type Placement } from '../plan-file/placement/place-modules.ts'
import type { StoredPlan } from '../plan-file/stored-plan.ts'
import { checkGroups, type GroupedModules, type WrittenGroup } from '../planner/check-groups.ts'
import { bundledModules, type BundledBuild } from './bundled-modules.ts'
import { sourcesOf } from './module-sources.ts'
import { checkChunks } from './check-chunks.ts'
import { type ChunkTable, isRolldown } from './chunk-output.ts'
import { ownChunks } from './own-chunks.ts'

type ModuleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo' | 'meta' | 'environment'>

/** A plan to follow. */
export interface FollowRequest {
  readonly stored: StoredPlan
  /** The plan's name, for the messages. */
  readonly file: string
  /** The Vite root. */
  readonly root: string
  /** Name of the group of the options that a module belongs to. */
  readonly groupOf: (module: NamedModule) => string | undefined
  /** The groups of the options; the finished output is held to them. */
  readonly groups?: readonly WrittenGroup[]
  /** Whether a stylesheet applies to whatever is there when it is loaded; none does, if it is not said. */
  readonly isGlobal?: (id: string) => boolean
  /** What it knows of the modules is not asked for a second time. */
  readonly graph?: Pick<BuildGraphApi, 'modules' | 'packageOf'> | undefined
}

/** One output of a build that follows a plan: where its modules go, and whether they went there. */
export class FollowedPlan implements ChunkTable {
  readonly #request: FollowRequest
  #survivors = new Set<string>()
  #modules: readonly BundledModule[] | undefined
  #names: ReadonlyMap<string, NamedModule> | undefined
  #placement: Placement | undefined
  #table: ReadonlyMap<string, string> | undefined
  /** Chunks that the bundler makes by itself. */
  #own: ReadonlyMap<string, string> = new Map()
  #left = new Set<string>()
  #context: ModuleContext | undefined

  constructor(request: FollowRequest) {
    this.#request = request
  }

  /** Before the chunks of an output are made. */
  begin(context: ModuleContext): void {
    this.#context = context
    this.#survivors = new Set()
    this.#placement = undefined
    this.#table = undefined
  }

  ids(): Iterable<string> {
    return this.#context?.getModuleIds() ?? []
  }

  survives(id: string): void {
    this.#survivors.add(id)
  }

  chunkOf(id: string): string | undefined {
    // Entries are sent to their chunks like most others: the bundler would divide what it is left with.
    const chunk = (this.#table ?? this.#place())?.get(id)
    return chunk === undefined || this.#left.has(chunk) ? undefined : chunk
  }

  nameOf(id: string): string | undefined {
    return this.#own.get(id)
  }

  /** What the plan calls the chunks that the bundler makes by itself, by the display id of the lazy module that each is for. */
  get ownNames(): ReadonlyMap<string, string> {
    return new Map([...this.#own].map(([id, name]) => [displayId(id, this.#request.root), name]))
  }

  /** What the plan calls a module; nothing for what the bundler adds by itself. */
  keyOf(id: string): string | undefined {
    return this.#names?.get(id)?.key
  }

  /**
   * Compares the finished output with the plan.
   *
   * @returns warnings: what of the plan has aged
   * @throws `PACELINE_PLAN_OTHER_APP`, `PACELINE_PLAN_GONE`, `PACELINE_PLAN_NOT_FOLLOWED`, and what {@link checkGroups} throws
   */
  check(bundle: Rollup.OutputBundle): string[] {
    const table = this.#table ?? this.#place()
    const placement = this.#placement
    if (!table || !placement) return []
    const { file, stored, root, groups = [] } = this.#request
    const warnings = checkPlacement(file, stored, placement)
    if (groups.length > 0) checkGroups(this.#imported(), groups)
    const unplaced = new Set(placement.unplaced)
    const planned = this.#modules?.flatMap(({ id, key }) => (unplaced.has(key) ? [] : [id]))
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
    checkChunks(chunks, table, new Set(planned), root)
    return warnings
  }

  /** All that is imported: tree shaking may leave a group nothing in one mode, and something in another that follows the same plan. */
  #imported(): GroupedModules {
    const all = this.#modules ?? []
    return {
      modules: all.map(({ id }) => this.#names!.get(id)!),
      entries: all.flatMap(({ entry }, index) => (entry ? [index] : [])),
    }
  }

  #place(): ReadonlyMap<string, string> | undefined {
    if (!this.#context) return undefined
    const { groupOf, stored, root, isGlobal } = this.#request
    const sources = { ...sourcesOf(this.#context), ...(isGlobal ? { isGlobal } : {}) }
    const { modules, names, pages, basisOf, noticed } = bundledModules({
      ...this.#known(this.#context),
      root,
      survived: this.#survivors,
      sources: { ...sources, opened: mentioning(stored) },
    })
    this.#modules = modules
    this.#names = names
    const { isPure } = sources
    const build = { modules, basisOf, noticed, isPure }
    this.#placement = placeModules(stored, build, ({ id }) => groupOf(names.get(id)!))
    const { table, inEntries } = this.#placement
    this.#table = new Map([...table, ...inEntries, ...placedPages(pages, inEntries)])
    this.#own = isRolldown(this.#context.meta) ? ownChunks(modules, this.#table) : new Map()
    this.#left = new Set(this.#own.values())
    return this.#table
  }

  #known(context: ModuleContext): Pick<BundledBuild, 'modules' | 'packageOf'> {
    const { graph, root } = this.#request
    if (!graph) return { modules: graphModules(context), packageOf: packageLookup(root) }
    const { environment } = context
    return { modules: graph.modules(context), packageOf: (id) => graph.packageOf(id, environment) }
  }
}

/** Keys of the modules of which a plan says that not all of their imports are used. */
export function mentioning({ chunks }: StoredPlan): Set<string> {
  return new Set(chunks.flatMap(({ mentions }) => Object.keys(mentions)))
}

/**
 * A page lies with its script, which makes the chunk of the script the chunk of the page. Where two pages have the same script, or it
 * is in a chunk of another kind, the page only names that chunk.
 */
function placedPages(pages: ReadonlyMap<string, Page>, inEntries: ReadonlyMap<string, string>): [string, string][] {
  const scripts = [...pages.values()].map(({ script }) => inEntries.get(script))
  return [...pages].flatMap(([id, { script }]): [string, string][] => {
    const chunk = inEntries.get(script)
    const alone = scripts.filter((other) => other === chunk).length === 1
    return chunk !== undefined && alone ? [[id, chunk]] : []
  })
}
