import { graphModules } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import { checkPlacement } from '../plan-file/check-placement.ts'
import type { BundledModule } from '../plan-file/placement/bundled-graph.ts'
import { placeModules, type Placement } from '../plan-file/placement/place-modules.ts'
import type { StoredPlan } from '../plan-file/stored-plan.ts'
import { bundledModules } from './bundled-modules.ts'
import { checkChunks } from './check-chunks.ts'
import type { ChunkTable } from './chunk-output.ts'

type ModuleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo'>

/** One output of a build that follows a plan: where its modules go, and whether they went there. */
export class FollowedPlan implements ChunkTable {
  readonly #stored: StoredPlan
  readonly #file: string
  readonly #root: string
  #survivors = new Set<string>()
  #modules: readonly BundledModule[] | undefined
  #placement: Placement | undefined
  #table: ReadonlyMap<string, string> | undefined
  #context: ModuleContext | undefined

  /** @param file the plan's name, for the messages */
  constructor(stored: StoredPlan, file: string, root: string) {
    this.#stored = stored
    this.#file = file
    this.#root = root
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
    // Entries are sent to their chunks like all others: the bundler would divide what it is left with.
    return (this.#table ?? this.#place())?.get(id)
  }

  /**
   * Compares the finished output with the plan.
   *
   * @returns warnings: what of the plan has aged
   * @throws `PACELINE_PLAN_OTHER_APP`, `PACELINE_PLAN_GONE`, `PACELINE_PLAN_NOT_FOLLOWED`
   */
  check(bundle: Rollup.OutputBundle): string[] {
    const table = this.#table ?? this.#place()
    const placement = this.#placement
    if (!table || !placement) return []
    const warnings = checkPlacement(this.#file, this.#stored, placement)
    const unplaced = new Set(placement.unplaced)
    const planned = this.#modules?.flatMap(({ id, key }) => (unplaced.has(key) ? [] : [id]))
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
    checkChunks(chunks, table, new Set(planned), this.#root)
    return warnings
  }

  #place(): ReadonlyMap<string, string> | undefined {
    if (!this.#context) return undefined
    this.#modules = bundledModules(graphModules(this.#context), this.#root, this.#survivors)
    this.#placement = placeModules(this.#stored, { modules: this.#modules })
    this.#table = new Map([...this.#placement.table, ...this.#placement.inEntries])
    return this.#table
  }
}
