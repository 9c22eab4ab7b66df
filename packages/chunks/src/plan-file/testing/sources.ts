import type { LiveGraph } from '../../live-graph.ts'
import type { BundledModule } from '../placement/bundled-graph.ts'

/** The sources of an app by module key, for tests: they are edited, bundled, and asked who needs what. */
export type Sources = Map<string, Source>

export interface Source {
  /** Static imports that are used. */
  imports: string[]
  /** Static imports of which nothing is used. */
  mentions: string[]
  dynamicImports: string[]
  entry: boolean
}

export function sourcesOf(live: LiveGraph): Sources {
  const keyOf = (index: number): string => live.modules[index]?.key ?? ''
  return new Map(
    live.modules.map(({ key, imports, dynamicImports }, index) => [
      key,
      {
        imports: imports.map(keyOf),
        mentions: [],
        dynamicImports: dynamicImports.map(keyOf),
        entry: live.entries.includes(index),
      },
    ]),
  )
}

/** What the hooks of a bundler would tell of the sources. Only what an entry leads to is bundled. */
export function bundleOf(sources: Sources): BundledModule[] {
  const entries = [...sources].filter(([, { entry }]) => entry).map(([key]) => key)
  const reached = closureOf(entries, (key) => {
    const source = sources.get(key)
    return source ? [...source.imports, ...source.mentions, ...source.dynamicImports] : []
  })
  return [...sources].flatMap(([key, { imports, mentions, dynamicImports, entry }]) =>
    reached.has(key)
      ? [
          {
            id: `/app/${key}`,
            key,
            imports: [...imports, ...mentions].map(toId),
            dynamicImports: dynamicImports.map(toId),
            entry,
          },
        ]
      : [],
  )
}

const toId = (key: string): string => `/app/${key}`

/** Everything that can be reached, the beginning included. */
export function closureOf(start: Iterable<string>, next: (key: string) => readonly string[]): Set<string> {
  const seen = new Set(start)
  for (const key of seen) for (const target of next(key)) seen.add(target)
  return seen
}
