import { displayId, findRoutes, readAppSources, reportId, urlPath, type RouteTarget } from '@paceline/build-graph'
import type { CapturedBuild } from './captured-build.ts'

/** One way to load the app, under the bundler's ids. */
export interface FoundScenario {
  readonly id: string
  /** The entry, then what is loaded lazily. */
  readonly roots: readonly string[]
}

export interface ScenarioRequest {
  readonly build: CapturedBuild
  /** Entries, HTML documents among them. */
  readonly entries: readonly string[]
  /** Whether a module is left after tree shaking. */
  readonly lives: (id: string) => boolean
  /** Whether a page is part of what the main entry loads at once. */
  readonly isInitial: (entry: string, id: string) => boolean
  /** `buildGraph.routes`. */
  readonly routes: Readonly<Record<string, readonly [string, ...string[]]>>
}

/**
 * The routes of the app as its report will list them: each entry, and each page with the lazy layouts around it.
 *
 * @throws `PACELINE_ROUTE_UNKNOWN`
 */
export async function findScenarios(request: ScenarioRequest): Promise<FoundScenario[]> {
  const { build, lives, isInitial } = request
  const entries = [...request.entries].sort(byMain(build.root))
  const main = entries[0]
  if (main === undefined) return []
  const targets = await findRoutes(
    build.modules,
    readAppSources(build.modules),
    build.dynamicImporters,
    build.root,
    request.routes,
  )
  const paths = new Set(entries.map((entry) => entryPath(entry, build.root)))
  const pages = targets.filter(
    (target) => lives(target.module) && (!isInitial(main, target.module) || !paths.has(target.path)),
  )
  const taken = new Set(pages.map((page) => page.path))
  const scenarios = [
    ...entries.map((entry): FoundScenario => {
      const path = entryPath(entry, build.root)
      const id = path === undefined || taken.has(path) ? reportId(entry, build.root) : path
      return { id, roots: [entry] }
    }),
    ...pages.map((page): FoundScenario => ({
      id: page.path ?? reportId(page.module, build.root),
      roots: [main, ...rootsOf(page).filter(lives)],
    })),
  ]
  const seen = new Set<string>()
  return scenarios.filter(({ id }) => !seen.has(id) && seen.add(id))
}

function rootsOf(page: RouteTarget): string[] {
  return [...page.layouts, page.module, ...(page.parts ?? [])]
}

/** HTML documents first, and of those the one that lies highest. */
function byMain(root: string): (a: string, b: string) => number {
  return (a, b) => {
    const [left, right] = [a, b].map((id) => displayId(id, root)) as [string, string]
    return Number(isHtml(b)) - Number(isHtml(a)) || left.length - right.length || (left < right ? -1 : 1)
  }
}

function isHtml(id: string): boolean {
  return /\.html?$/.test(id)
}

/** Where the page of an entry is served; nothing for entries that are no pages. */
function entryPath(id: string, root: string): string | undefined {
  return isHtml(id) ? urlPath(displayId(id, root)) : undefined
}
