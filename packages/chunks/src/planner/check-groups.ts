import { chunksError } from '../errors.ts'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { nearestNames } from './nearest-names.ts'
import type { ModuleGroup } from './settings.ts'

/** A group that knows what it was written as. */
export interface WrittenGroup extends ModuleGroup {
  readonly patterns?: readonly { readonly text: string; matches(module: LiveModule): boolean }[]
}

/**
 * Refuses groups that would not be made, or not of all that they name: that would be a fallback in silence.
 *
 * @throws {PacelineError} `PACELINE_GROUP_NO_MATCH`, `PACELINE_GROUP_SHADOWED`, `PACELINE_GROUP_OF_ENTRIES`
 */
export function checkGroups(graph: LiveGraph, groups: readonly WrittenGroup[]): void {
  const indices = [...graph.modules.keys()]
  const moduleAt = (index: number): LiveModule => graph.modules[index] as LiveModule
  const owner = graph.modules.map((module) => groups.findIndex(({ matches }) => matches(module)))
  for (const [group, { name, patterns = [], matches }] of groups.entries()) {
    const matched = indices.filter((index) => matches(moduleAt(index)))
    if (matched.length === 0) throw chunksError('PACELINE_GROUP_NO_MATCH', [name, nearestNames(name, graph)])
    const idle = patterns.find((pattern) => !graph.modules.some((module) => pattern.matches(module)))
    if (idle) throw chunksError('PACELINE_GROUP_NO_MATCH', [`${name}['${idle.text}']`, nearestNames(idle.text, graph)])
    const own = matched.filter((index) => owner[index] === group)
    if (own.length === 0) {
      const earlier = new Set(matched.map((index) => groups[owner[index] as number]!.name))
      throw chunksError('PACELINE_GROUP_SHADOWED', [name, [...earlier]])
    }
    if (own.every((index) => graph.entries.includes(index))) {
      throw chunksError('PACELINE_GROUP_OF_ENTRIES', [name, own.map((index) => moduleAt(index).key)])
    }
  }
}
