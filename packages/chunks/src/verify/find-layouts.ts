import { findRoutes, normalize, readAppSources, type GraphModule } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import type { FinishedOutput } from './finished-output.ts'

type Context = Pick<Rollup.PluginContext, 'getModuleInfo'>
type Routes = Readonly<Record<string, readonly [string, ...string[]]>>

/**
 * The lazy layouts around each lazy page. Routers load a page and its layouts at once; a page that stands in several
 * routes has the layouts that are around it everywhere.
 *
 * @param named `buildGraph.routes`
 * @throws `PACELINE_ROUTE_UNKNOWN`
 */
export async function findLayouts(
  context: Context,
  modules: readonly GraphModule[],
  root: string,
  named: Routes,
): Promise<NonNullable<FinishedOutput['layouts']>> {
  const importers = modules.filter(({ imports }) => imports.some((edge) => edge.kind === 'dynamic'))
  const code = new Map(importers.map(({ id }) => [id, context.getModuleInfo(id)?.code ?? '']))
  const layouts = new Map<string, readonly string[]>()
  for (const route of await findRoutes(modules, readAppSources(modules), code, normalize(root), named)) {
    const known = layouts.get(route.module)
    const here = known ? known.filter((layout) => route.layouts.includes(layout)) : route.layouts
    layouts.set(route.module, here)
  }
  return layouts
}
