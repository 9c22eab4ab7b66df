import type { RouteTarget } from '../build-input.ts'
import { cleanId } from '../paths.ts'

/** A file of TanStack Router's file-based routes: `createFileRoute('/_app/posts/$id')`. */
export interface FileRoute {
  /** The route file's module. */
  readonly module: string
  /** The route's id as written, with pathless segments and groups. */
  readonly id: string
}

const CREATE = /\bcreate(?:Lazy)?FileRoute\(\s*(["'`])([^"'`]*)\1\s*\)/

/** Reads the route id out of a route file. */
export function fileRouteId(code: string): string | undefined {
  return CREATE.exec(code)?.[2]
}

/**
 * Pages of file-based routes. With automatic code splitting the component of `x.tsx` is the module
 * `x.tsx?tsr-split=component`; by hand it is `x.lazy.tsx`. A route's layouts are the lazy components of the routes
 * whose id it begins with.
 *
 * @param lazyModules targets of dynamic imports in the app
 */
export function fileRouteTargets(routes: readonly FileRoute[], lazyModules: readonly string[]): RouteTarget[] {
  const ids = new Map(routes.map((route) => [route.module, route.id]))
  const pages = lazyModules.flatMap((module) => {
    const id = ids.get(module) ?? ids.get(cleanId(module))
    const split = /[?&]tsr-split=([^&]*)/.exec(module)?.[1]
    if (id === undefined || (split !== undefined && !/(?:^|-)component/.test(split))) return []
    return [{ module, id }]
  })
  return pages
    .filter(({ id }) => !isOnlyLayout(id, ids))
    .map(({ module, id }) => ({
      module,
      path: routePath(id),
      layouts: pages
        .filter((other) => other.id !== id && id.startsWith(`${other.id}/`))
        .sort((a, b) => a.id.length - b.id.length)
        .map((other) => other.module),
    }))
}

/** A pathless route (`/_app`) and one with an index route (`/settings/` beside `/settings`) are never shown alone. */
function isOnlyLayout(id: string, ids: ReadonlyMap<string, string>): boolean {
  const last = id.slice(id.lastIndexOf('/') + 1)
  return last.startsWith('_') || [...ids.values()].includes(`${id}/`)
}

/** `/_app/posts/$id/` → `/posts/:id`: no pathless segments, no groups, parameters as other routers write them. */
export function routePath(id: string): string {
  const segments = id
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('_') && !/^\(.*\)$/.test(segment))
    .map((segment) => (segment === '$' ? '*' : segment.replace(/^\$/, ':').replace(/_$/, '')))
  return `/${segments.join('/')}`
}
