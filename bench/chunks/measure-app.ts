import { viteOf } from './load-app-config.ts'
import { measureBounds, measureNeeds, measureStrategy } from './measure-strategy.ts'
import type { Workplace } from './measure-strategy.ts'
import { figuresOf } from './route-figures.ts'
import type { RouteFigures } from './route-figures.ts'
import type { StrategyName } from './strategies.ts'
import { summariseApp } from './summarise-app.ts'
import type { AppResults } from './summarise-app.ts'

interface Wanted {
  readonly strategies: readonly StrategyName[]
  /** Whether to build every route in one chunk, which takes a build per route. */
  readonly bound: boolean
  readonly tell: (what: string) => void
}

/** Builds an app by every strategy and sums up what its routes cost. A strategy that does not build is told of, and left out. */
export async function measureApp(place: Workplace, { strategies, bound, tell }: Wanted): Promise<AppResults> {
  tell('one chunk per module')
  const needs = await measureNeeds(place)
  if (bound) tell('every route in one chunk')
  const bounds = bound ? await measureBounds(place, needs) : new Map<string, number>()
  const measured = new Map<StrategyName, RouteFigures[]>()
  const releases = new Set<string>()
  const failures: Record<string, string> = {}
  for (const strategy of strategies) {
    tell(strategy)
    try {
      const builds = await measureStrategy(place, strategy)
      // An app that says nothing about chunks has the default once more.
      if (strategy === 'own' && releases.has(builds.report.release)) continue
      releases.add(builds.report.release)
      measured.set(strategy, figuresOf(builds, { needs, bounds }))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      tell(why)
      failures[strategy] = why
    }
  }
  const modules = new Set([...needs.values()].flatMap((ids) => [...ids])).size
  const { version } = await viteOf(place.root)
  return { app: place.app.name, vite: version, modules, strategies: summariseApp(measured), failures }
}
