import type { RouteTarget } from '../build-input.ts'
import { constantString, constantValue, type FollowImport } from './constants.ts'
import { lazySpecifiers, referencedNames, type ModuleSyntax } from './module-syntax.ts'
import { routeNodes, type RouteNode } from './route-nodes.ts'

/** The parsed modules of an app, and how its imports were resolved. */
export interface AppSyntax {
  readonly modules: ReadonlyMap<string, ModuleSyntax>
  /** Module behind a specifier; `undefined` for what is not part of the build. */
  resolve(importer: string, specifier: string): string | undefined
  /** Whether a module is the app's own: a page that is loaded eagerly is, a router's component is not. */
  owns(id: string): boolean
}

interface Place {
  readonly path: string
  readonly layouts: readonly string[]
}

/**
 * Reads the route tables of an app: URL path → lazy module, with the lazy layouts around it. Tables may be
 * objects or `<Route>` elements, spread over modules, with paths and lazy components kept in constants.
 */
export function linkRoutes(app: AppSyntax): RouteTarget[] {
  const ids = new Map([...app.modules].map(([id, module]) => [module, id]))
  const follow: FollowImport = (module, name) => {
    const imported = module.imports.get(name)
    const target = imported && app.resolve(ids.get(module) ?? '', imported.specifier)
    const syntax = target === undefined ? undefined : app.modules.get(target)
    return imported && syntax ? { module: syntax, exported: imported.imported } : undefined
  }
  const tables = [...app.modules].map(([id, module]) => ({ id, module, nodes: routeNodes(module.program) }))
  const usedElsewhere = childTables(tables, follow)
  const targets: RouteTarget[] = []
  const visit = (node: RouteNode, module: ModuleSyntax, place: Place): void => {
    const own = node.path === undefined ? '' : constantString(node.path, module, follow)
    const path = own === undefined ? undefined : joinPaths(place.path, own)
    const shown = node.shows.flatMap((show) => shownModules(show, module, follow, app, ids))
    const [page, ...around] = shown
    const isLayout = node.children.length > 0 || node.childNames.length > 0
    if (page && !isLayout) {
      const layouts = [...new Set([...place.layouts, ...around.filter((each) => each.lazy).map((each) => each.id)])]
      targets.push({ module: page.id, ...(path === undefined ? {} : { path }), layouts })
    }
    const inner = {
      path: path ?? place.path,
      layouts: [...place.layouts, ...shown.filter((each) => each.lazy).map((each) => each.id)],
    }
    for (const child of node.children) visit(child, module, inner)
    for (const name of node.childNames) {
      const table = constantValue({ type: 'Identifier', name, start: 0, end: 0 }, module, follow)
      for (const child of table ? routeNodes(table.node) : []) visit(child, table!.module, inner)
    }
  }
  for (const { module, nodes } of tables) {
    for (const node of nodes) if (!usedElsewhere.has(key(module, node))) visit(node, module, { path: '/', layouts: [] })
  }
  return targets
}

/** Route tables that another route names as its children: they are visited there, under its path. */
function childTables(
  tables: readonly { module: ModuleSyntax; nodes: readonly RouteNode[] }[],
  follow: FollowImport,
): ReadonlySet<string> {
  const used = new Set<string>()
  const visit = (node: RouteNode, module: ModuleSyntax): void => {
    for (const name of node.childNames) {
      const table = constantValue({ type: 'Identifier', name, start: 0, end: 0 }, module, follow)
      for (const child of table ? routeNodes(table.node) : []) used.add(key(table!.module, child))
    }
    for (const child of node.children) visit(child, module)
  }
  for (const { module, nodes } of tables) for (const node of nodes) visit(node, module)
  return used
}

const numbers = new WeakMap<object, number>()
let nextNumber = 0

/** Route nodes are read anew each time; where they stand in their module tells them apart. */
function key(module: ModuleSyntax, node: RouteNode): string {
  const number = numbers.get(module) ?? nextNumber++
  numbers.set(module, number)
  const first = node.shows[0] ?? node.path
  return `${number}:${first?.start}:${first?.end}`
}

interface Shown {
  readonly id: string
  readonly lazy: boolean
}

/** Modules of what a route shows, lazy ones first: `import()` in place, names of lazy components, then eager components. */
function shownModules(
  show: RouteNode['shows'][number],
  module: ModuleSyntax,
  follow: FollowImport,
  app: AppSyntax,
  ids: ReadonlyMap<ModuleSyntax, string>,
): Shown[] {
  const here = ids.get(module) ?? ''
  const resolved = (importer: string, specifiers: readonly string[]): Shown[] =>
    specifiers.flatMap((specifier) => {
      const id = app.resolve(importer, specifier)
      return id === undefined ? [] : [{ id, lazy: true }]
    })
  const direct = resolved(here, lazySpecifiers(show, true))
  if (direct.length > 0) return direct
  const names = referencedNames(show)
  const lazy = names.flatMap((name) => {
    const value = constantValue({ type: 'Identifier', name, start: 0, end: 0 }, module, follow)
    return value ? resolved(ids.get(value.module) ?? here, lazySpecifiers(value.node)) : []
  })
  if (lazy.length > 0) return lazy
  // Innermost last in the text: `<Protected><Page /></Protected>` shows Page.
  const eager = names.flatMap((name) => {
    const imported = module.imports.get(name)
    const id = imported && app.resolve(here, imported.specifier)
    return id === undefined || !app.owns(id) ? [] : [{ id, lazy: false }]
  })
  return eager.slice(-1)
}

/** React Router's rules: a child path is relative unless it begins with `/`; `index` adds nothing. */
export function joinPaths(parent: string, path: string): string {
  if (path.startsWith('/')) return path.length > 1 ? path.replace(/\/$/, '') : '/'
  const joined = `${parent.replace(/\/(?:\*)?$/, '')}/${path}`.replace(/\/$/, '')
  return joined === '' ? '/' : joined
}
