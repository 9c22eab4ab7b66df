import type { BuildReport, LoadScope } from '@paceline/build-graph'
import { entryClosure, entryScope, routeScope, wholeScope } from '@paceline/build-graph'

/** A load that an import can weigh on. */
export interface NamedScope extends LoadScope {
  /** `initial`, the id of a route, or nothing for the build as a whole. */
  readonly name?: string
}

/**
 * The loads of a build, the one that weighs most on visitors first: what every visit downloads, what each route adds
 * to it, and the whole build for what is only loaded later.
 */
export function loadScopes(report: BuildReport): NamedScope[] {
  const everything = report.chunks.map(({ file }) => file)
  return [
    { name: 'initial', ...entryScope(report, entryClosure(report)) },
    ...report.routes.map((route) => ({ name: route.id, ...routeScope(report, route, route.firstLoad.files) })),
    wholeScope(report, everything),
  ]
}

/** Whether a load follows an import; `import()` leads only into what the load starts from anyway, such as a page. */
export function follower(
  scope: LoadScope,
): (edge: { readonly kind: 'static' | 'dynamic' }, importee: string) => boolean {
  const kinds = scope.kinds ?? ['static']
  const roots = new Set(scope.roots)
  return ({ kind }, importee) => kinds.includes(kind) || roots.has(importee)
}
