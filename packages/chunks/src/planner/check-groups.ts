import type { NamedModule } from '../analysis/module-keys.ts'
import { chunksError } from '../errors.ts'
import { nearestNames } from './nearest-names.ts'

/** A group as the options name it. */
export interface WrittenGroup {
  readonly name: string
  matches(module: NamedModule): boolean
  /** Whether it need not be made: what it names may have been taken out of the app by way of trial. */
  readonly optional?: boolean
  /** What it was written as. */
  readonly patterns?: readonly { readonly text: string; matches(module: NamedModule): boolean }[]
}

/** What groups are made of. */
export interface GroupedModules {
  readonly modules: readonly NamedModule[]
  /** Indices of those where the app starts. */
  readonly entries: readonly number[]
}

/**
 * Refuses groups that would not be made, or not of all that they name: that would be a fallback in silence.
 *
 * @throws {PacelineError} `PACELINE_GROUP_NO_MATCH`, `PACELINE_GROUP_SHADOWED`, `PACELINE_GROUP_OF_ENTRIES`
 */
export function checkGroups({ modules, entries }: GroupedModules, groups: readonly WrittenGroup[]): void {
  const owner = modules.map((module) => groups.findIndex(({ matches }) => matches(module)))
  for (const [group, { name, patterns = [], matches, optional = false }] of groups.entries()) {
    if (optional) continue
    const matched = [...modules.keys()].filter((index) => matches(modules[index]!))
    if (matched.length === 0) throw chunksError('PACELINE_GROUP_NO_MATCH', [name, nearestNames(name, modules)])
    const idle = patterns.find((pattern) => !modules.some((module) => pattern.matches(module)))
    if (idle)
      throw chunksError('PACELINE_GROUP_NO_MATCH', [`${name}['${idle.text}']`, nearestNames(idle.text, modules)])
    const own = matched.filter((index) => owner[index] === group)
    if (own.length === 0) {
      const earlier = new Set(matched.map((index) => groups[owner[index] as number]!.name))
      throw chunksError('PACELINE_GROUP_SHADOWED', [name, [...earlier]])
    }
    if (own.every((index) => entries.includes(index))) {
      throw chunksError('PACELINE_GROUP_OF_ENTRIES', [name, own.map((index) => modules[index]!.key)])
    }
  }
}
