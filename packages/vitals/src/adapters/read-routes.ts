import { cleanId, findRoutes, graphModules, readAppSources, type BuildGraphApi } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import { normalizePath } from 'vite'

type BundleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo' | 'environment'>

/** The paths of the routes of an app, read as for the report, from the route tables in its sources. */
export async function readRoutes(
  context: BundleContext,
  graph: BuildGraphApi | undefined,
  root: string,
): Promise<string[]> {
  const modules = graph?.modules(context) ?? graphModules(context)
  const loaded = new Map<string, string>()
  for (const { id, imports } of modules) {
    const code = imports.some(({ kind }) => kind === 'dynamic') ? context.getModuleInfo(id)?.code : undefined
    if (code) loaded.set(id, code)
  }
  const found = await findRoutes(
    modules,
    readAppSources(modules),
    loaded,
    normalizePath(root),
    graph?.options.routes ?? {},
  )
  const paths = found.flatMap(({ path }) => path ?? [])
  // An app without a route table has its pages.
  const pages = [...context.getModuleIds()].map(cleanId).filter((id) => id.endsWith('.html'))
  return paths.length > 0 ? paths : pages.map((id) => pagePath(normalizePath(id), normalizePath(root)))
}

/** `index.html` → `/`, `admin/index.html` → `/admin`. */
function pagePath(file: string, root: string): string {
  const path = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
  return `/${path.replace(/(?:(?:^|\/)index)?\.html$/, '')}`
}
