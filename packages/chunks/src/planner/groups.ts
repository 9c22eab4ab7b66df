import { chunksError } from '../errors.ts'
import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { intersects } from './bits.ts'
import { checkGroups } from './check-groups.ts'
import { findComponents } from './components.ts'
import type { Reach } from './reach.ts'
import type { ModuleGroup } from './settings.ts'

/**
 * Component → group of the user, or −1. The first group that matches counts. Of a group that the first load needs only what the
 * first load needs is in it, so that it pulls no lazy code in.
 *
 * @throws {PacelineError} `PACELINE_GROUP_CYCLE`, and what {@link checkGroups} throws
 */
export function assignGroups(graph: LiveGraph, reach: Reach, groups: readonly ModuleGroup[]): Int32Array {
  checkGroups(graph, groups)
  const { members, of } = reach.components
  const entries = new Set(graph.entries)
  const groupOf = new Int32Array(graph.modules.length).fill(-1)
  for (const [module, live] of graph.modules.entries()) {
    const group = groups.findIndex(({ matches }) => matches(live))
    if (group === -1) continue
    if (!entries.has(module)) groupOf[module] = group
  }
  const isInitial = (module: number) => intersects(reach.full[of[module] as number] as Uint32Array, reach.entryRoots)
  const initial = new Set<number>()
  for (const [module, group] of groupOf.entries()) if (group !== -1 && isInitial(module)) initial.add(group)
  for (const [module, group] of groupOf.entries()) if (initial.has(group) && !isInitial(module)) groupOf[module] = -1
  checkCycles(graph, groups, groupOf)
  return Int32Array.from(members, (modules) => groupOf[modules[0] as number] as number)
}

/** With every group drawn together to one node, whatever lies on a circle with a group makes its chunk import itself. */
function checkCycles(graph: LiveGraph, groups: readonly ModuleGroup[], groupOf: Int32Array): void {
  const nodeOf = (module: number) => {
    const group = groupOf[module] as number
    return group === -1 ? groups.length + module : group
  }
  const edges: Set<number>[] = Array.from({ length: groups.length + graph.modules.length }, () => new Set())
  for (const [module, { imports }] of graph.modules.entries()) {
    for (const target of imports)
      if (nodeOf(target) !== nodeOf(module)) (edges[nodeOf(module)] as Set<number>).add(nodeOf(target))
  }
  const { members } = findComponents(edges.map((targets) => [...targets]))
  for (const nodes of members) {
    const group = nodes.find((node) => node < groups.length)
    if (group === undefined || nodes.length === 1) continue
    const inside = new Set(nodes)
    const path = circleThrough(graph, groupOf, group, (module) => inside.has(nodeOf(module)))
    throw cycleError(graph, groups, groupOf, group, path)
  }
}

/** The shortest chain of modules that leaves a group and comes back to it. */
function circleThrough(
  graph: LiveGraph,
  groupOf: Int32Array,
  group: number,
  isInside: (module: number) => boolean,
): number[] {
  const from = new Map<number, number>()
  const queue: number[] = []
  const importsOf = (module: number) => (graph.modules[module] as LiveModule).imports
  for (const [module, own] of groupOf.entries()) {
    if (own !== group) continue
    for (const target of importsOf(module)) {
      if (groupOf[target] === group || !isInside(target) || from.has(target)) continue
      from.set(target, module)
      queue.push(target)
    }
  }
  // Another group is one chunk: who reaches any module of it is in all of it.
  const entered = new Set<number>()
  for (const module of queue) {
    const other = groupOf[module] as number
    const mates =
      other === -1 || entered.has(other) ? [module] : [...groupOf.keys()].filter((mate) => groupOf[mate] === other)
    entered.add(other)
    for (const mate of mates) {
      if (mate !== module && !from.has(mate)) from.set(mate, module)
      for (const target of importsOf(mate)) {
        if (groupOf[target] === group) return [...pathTo(mate, from, groupOf, group), target]
        if (from.has(target) || !isInside(target)) continue
        from.set(target, mate)
        queue.push(target)
      }
    }
  }
  return []
}

function pathTo(module: number, from: ReadonlyMap<number, number>, groupOf: Int32Array, group: number): number[] {
  const path = [module]
  for (let at = module; groupOf[at] !== group;) {
    at = from.get(at) as number
    path.unshift(at)
  }
  return path
}

function cycleError(
  graph: LiveGraph,
  groups: readonly ModuleGroup[],
  groupOf: Int32Array,
  group: number,
  path: readonly number[],
): Error {
  const keyOf = (module: number) => (graph.modules[module] as LiveModule).key
  const nameOf = (index: number) => (groups[index] as ModuleGroup).name
  const outside = path.filter((module) => groupOf[module] !== group)
  const other = outside.map((module) => groupOf[module] as number).find((index) => index !== -1)
  const turn = path.indexOf(outside[outside.length - 1] as number)
  return chunksError('PACELINE_GROUP_CYCLE', [
    nameOf(group),
    other === undefined ? 'modules outside of it' : `\`${nameOf(other)}\``,
    path.slice(0, turn + 1).map(keyOf),
    path.slice(turn).map(keyOf),
    outside.map(keyOf),
  ])
}
