import { findComponents } from '../planner/components.ts'

/**
 * The shortest circle through each strongly connected component of a graph, as positions in the order of the imports.
 * One per component: breaking it and building again shows the next.
 */
export function circles(edges: readonly (readonly number[])[]): number[][] {
  const components = findComponents(edges).members.filter((members) => members.length > 1)
  return components.flatMap((members) => {
    const inside = new Set(members)
    const found = members.map((start) => shortestCircle(edges, start, inside)).filter((circle) => circle !== undefined)
    const best = found.toSorted((a, b) => a.length - b.length || a[0]! - b[0]!)[0]
    return best ? [best] : []
  })
}

function shortestCircle(
  edges: readonly (readonly number[])[],
  start: number,
  inside: ReadonlySet<number>,
): number[] | undefined {
  const parents = new Map<number, number>([[start, -1]])
  const queue = [start]
  for (const from of queue) {
    for (const to of edges[from]!) {
      if (to === start && from !== start) return wayTo(parents, from)
      if (parents.has(to) || !inside.has(to)) continue
      parents.set(to, from)
      queue.push(to)
    }
  }
  return undefined
}

function wayTo(parents: ReadonlyMap<number, number>, end: number): number[] {
  const way: number[] = []
  for (let at = end; at !== -1; at = parents.get(at)!) way.push(at)
  return way.toReversed()
}
