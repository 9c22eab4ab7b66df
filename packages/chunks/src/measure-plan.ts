import type { AppBuild } from './analysis/build-in-memory.ts'
import { chunkOutput, isRolldown, withoutChunkOptions } from './emit/chunk-output.ts'
import { FollowedPlan, type FollowRequest } from './emit/follow-plan.ts'
import type { LiveGraph } from './live-graph.ts'
import { measureBuild, type MeasuredBuild } from './measure-build.ts'
import type { BundledModule } from './plan-file/placement/bundled-graph.ts'
import { stableOutput } from './stable/stable-output.ts'

/** What it is that is measured. */
export interface AppToMeasure extends AppBuild {
  readonly graph: LiveGraph
  readonly modules: readonly BundledModule[]
}

/** Follows a plan in memory, as a build does that follows it. */
export function measurePlan(
  { modules: _modules, ...app }: AppToMeasure,
  follow: FollowRequest,
  { stable, mapped }: { readonly stable: boolean; readonly mapped: boolean },
): Promise<MeasuredBuild> {
  const plan = new FollowedPlan(follow)
  const { build } = app.config
  return measureBuild({
    ...app,
    ...(mapped ? { config: { ...app.config, build: { ...build, chunkImportMap: true } } } : {}),
    keyOf: (id) => plan.keyOf(id),
    hooks: {
      outputOptions: {
        order: 'post',
        handler(output) {
          const options = { ...(stable ? stableOutput(output) : output), sourcemap: false }
          return chunkOutput(options, plan, () => plan.ids(), isRolldown(this.meta))
        },
      },
      renderStart() {
        plan.begin(this)
      },
    },
  })
}

/** Builds an app in the chunks that the bundler makes by itself, whatever the config says. */
export function measureDefault({ modules, ...app }: AppToMeasure): Promise<MeasuredBuild> {
  const keys = new Map(modules.map(({ id, key }) => [id, key]))
  return measureBuild({
    ...app,
    keyOf: (id) => keys.get(id),
    hooks: {
      outputOptions: { order: 'post', handler: (output) => ({ ...withoutChunkOptions(output), sourcemap: false }) },
    },
  })
}
