import {
  cleanId,
  findRoutes,
  graphModules,
  readAppSources,
  reportId,
  urlPath,
  type BuildGraphApi,
} from '@paceline/build-graph'
import { pathInside } from '@paceline/kit'
import type { Rollup } from 'vite'
import { normalizePath } from 'vite'
import type { PageRoute } from '../core/page-budgets.ts'

type BundleContext = Pick<Rollup.PluginContext, 'getModuleIds' | 'getModuleInfo' | 'environment'>

/** The routes of an app that have a path, read as for the report, from the route tables in its sources. */
export async function readRoutes(
  context: BundleContext,
  graph: BuildGraphApi | undefined,
  root: string,
): Promise<PageRoute[]> {
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
  const from = normalizePath(root)
  const routes = found.flatMap(({ path, module }) =>
    path === undefined ? [] : [{ id: path, path, module: reportId(module, from) }],
  )
  if (routes.length > 0) return routes
  // An app without a route table has its pages.
  const pages = [...context.getModuleIds()].map(cleanId).filter((id) => id.endsWith('.html'))
  return pages.map((id) => {
    const module = reportId(normalizePath(id), from)
    return { id: urlPath(module), path: pagePath(normalizePath(id), from), module }
  })
}

/** `index.html` → `/`, `admin/index.html` → `/admin`. */
export function pagePath(file: string, root: string): string {
  const path = pathInside(file, root) ?? file
  return `/${path.replace(/(?:(?:^|\/)index)?\.html$/, '')}`
}
