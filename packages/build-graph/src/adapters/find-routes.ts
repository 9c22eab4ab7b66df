import { extname, posix } from 'node:path'
import { nearest } from '@paceline/kit'
import type { GraphModule, RouteTarget } from '../core/build-input.ts'
import { cleanId, displayId, isVirtual, packageOf } from '../core/paths.ts'
import { fileRouteId, fileRouteTargets, type FileRoute } from '../core/routes/file-routes.ts'
import { linkRoutes } from '../core/routes/link-routes.ts'
import { lazySpecifiers, moduleSyntax, type ModuleSyntax } from '../core/routes/module-syntax.ts'
import type { SyntaxNode } from '../core/routes/syntax.ts'
import { matchModule } from '../core/specifiers.ts'
import { graphError } from '../errors.ts'

const SCRIPT: ReadonlySet<string> = new Set(['.js', '.mjs', '.jsx', '.ts', '.mts', '.tsx'])
/** Sources worth parsing: they import lazily, or hold routes or the constants of their paths. */
const INTERESTING = /\bimport\s*\(|\bpath\b\s*[:=]|<Route\b|\bpaths?\b/

/**
 * Finds the pages of an app: from the option, from route tables, from file-based routes, and lazily imported
 * components that no table names.
 *
 * @param files text of the app's files by path
 * @param loaded code of the modules with dynamic imports as the bundler has it, for those that are no plain file
 * @throws `PACELINE_ROUTE_UNKNOWN` when the option names a module that was not built
 */
export async function findRoutes(
  modules: readonly GraphModule[],
  files: ReadonlyMap<string, string>,
  loaded: ReadonlyMap<string, string>,
  root: string,
  named: Readonly<Record<string, readonly [string, ...string[]]>>,
): Promise<RouteTarget[]> {
  const reachable = reachableModules(modules)
  const app = reachable.filter((module) => !isVirtual(module.id) && !packageOf(module.id))
  const sources = appSources(app, files, loaded)
  const byId = new Map(app.map((module) => [module.id, module.imports.map((edge) => edge.id)]))
  const resolve = (importer: string, specifier: string): string | undefined =>
    matchModule(importer, specifier, byId.get(importer) ?? [])
  const syntax = await parseSources(sources)
  const dynamic = new Set(
    app.flatMap((module) => module.imports.filter((edge) => edge.kind === 'dynamic')).map((edge) => edge.id),
  )
  const fromTables = linkRoutes({ modules: syntax, resolve, owns: (id) => byId.has(id) })
  const fromFiles = fileRouteTargets(fileRoutes(sources), [...dynamic])
  const lazyOnly = [...syntax].flatMap(([id, module]) =>
    lazySpecifiers(module.program).flatMap((specifier): RouteTarget[] => {
      const target = resolve(id, specifier)
      return target !== undefined && dynamic.has(target) ? [{ module: target, layouts: [] }] : []
    }),
  )
  const found = [...fromTables, ...fromFiles, ...lazyOnly]
  return merge([...namedRoutes(named, modules, root, found), ...found])
}

/** Modules that an entry reaches, in the order of the imports: the order in which routes are reported. */
function reachableModules(modules: readonly GraphModule[]): GraphModule[] {
  const byId = new Map(modules.map((module) => [module.id, module]))
  const queue = modules.filter((module) => module.entry)
  const seen = new Set(queue)
  for (const module of queue) {
    for (const edge of module.imports) {
      const next = byId.get(edge.id)
      if (next && !seen.has(next)) {
        seen.add(next)
        queue.push(next)
      }
    }
  }
  return queue
}

function appSources(
  app: readonly GraphModule[],
  files: ReadonlyMap<string, string>,
  loaded: ReadonlyMap<string, string>,
): Map<string, string> {
  const sources = new Map<string, string>()
  for (const { id } of app) {
    // A module with a query is a part of its file that a plugin cut out; only the plugin knows its text.
    const code = (id.includes('?') ? undefined : files.get(cleanId(id))) ?? loaded.get(id)
    if (code !== undefined) sources.set(id, code)
  }
  return sources
}

async function parseSources(sources: ReadonlyMap<string, string>): Promise<Map<string, ModuleSyntax>> {
  const interesting = [...sources].filter(([id, code]) => SCRIPT.has(extname(cleanId(id))) && INTERESTING.test(code))
  if (interesting.length === 0) return new Map()
  const { parseSync } = await import('oxc-parser')
  return new Map(
    interesting.map(([id, code]) => [id, moduleSyntax(parseSync(cleanId(id), code).program as unknown as SyntaxNode)]),
  )
}

function fileRoutes(sources: ReadonlyMap<string, string>): FileRoute[] {
  return [...sources].flatMap(([module, code]) => {
    const id = fileRouteId(code)
    return id === undefined ? [] : [{ module, id }]
  })
}

function namedRoutes(
  named: Readonly<Record<string, readonly [string, ...string[]]>>,
  modules: readonly GraphModule[],
  root: string,
  found: readonly RouteTarget[],
): RouteTarget[] {
  const byName = new Map(modules.map((module) => [displayId(module.id, root), module.id]))
  const moduleOf = (path: string, name: string): string => {
    const module = byName.get(posix.normalize(name.replace(/^\//, '')))
    if (module !== undefined) return module
    const near = nearest(name, [...byName.keys()])
    throw graphError('PACELINE_ROUTE_UNKNOWN', [
      path,
      name,
      near ? `Did you mean '${near}'?` : 'Write the path of the page relative to the Vite root.',
    ])
  }
  return Object.entries(named).map(([path, [page, ...parts]]) => ({
    path,
    module: moduleOf(path, page),
    layouts: found.find((target) => target.path === path)?.layouts ?? [],
    parts: parts.map((part) => moduleOf(path, part)),
  }))
}

/** The first to name a path or a module counts; a module that has a path needs no entry without. */
function merge(targets: readonly RouteTarget[]): RouteTarget[] {
  const withPath = new Set(targets.filter((target) => target.path !== undefined).map((target) => target.module))
  const inside = new Set(targets.flatMap((target) => [...target.layouts, ...(target.parts ?? [])]))
  const seen = new Set<string>()
  return targets.filter((target) => {
    if (target.path === undefined && (withPath.has(target.module) || inside.has(target.module))) return false
    const key = target.path ?? target.module
    return !seen.has(key) && seen.add(key)
  })
}
