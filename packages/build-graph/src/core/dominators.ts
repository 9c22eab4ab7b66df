/**
 * For every node the one that all ways from the roots to it go through last: its immediate dominator (Cooper, Harvey
 * and Kennedy, "A simple, fast dominance algorithm").
 *
 * @returns indices; -1 for roots, for what several roots lead to independently, and for what no root reaches
 */
export function immediateDominators(successors: readonly (readonly number[])[], roots: readonly number[]): Int32Array {
  const entry = successors.length
  const order = postOrder(successors, roots)
  const number = new Int32Array(entry + 1).fill(-1)
  order.forEach((node, position) => (number[node] = position))
  number[entry] = order.length
  const predecessors: number[][] = successors.map(() => [])
  for (const node of order) for (const to of successors[node]!) predecessors[to]!.push(node)
  for (const root of roots) predecessors[root]!.push(entry)

  const dominator = new Int32Array(entry + 1).fill(-1)
  dominator[entry] = entry
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (number[a]! < number[b]!) a = dominator[a]!
      while (number[b]! < number[a]!) b = dominator[b]!
    }
    return a
  }
  for (let changed = true; changed;) {
    changed = false
    for (const node of order.toReversed()) {
      const known = predecessors[node]!.filter((from) => dominator[from] !== -1)
      const best = known.reduce((a, b) => meet(a, b))
      if (dominator[node] === best) continue
      dominator[node] = best
      changed = true
    }
  }
  return dominator.subarray(0, entry).map((node) => (node === entry ? -1 : node))
}

function postOrder(successors: readonly (readonly number[])[], roots: readonly number[]): number[] {
  const seen = new Uint8Array(successors.length)
  const order: number[] = []
  for (const root of roots) {
    if (seen[root] === 1) continue
    seen[root] = 1
    const stack = [{ node: root, next: 0 }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const to = successors[top.node]![top.next++]
      if (to === undefined) {
        order.push(top.node)
        stack.pop()
      } else if (seen[to] === 0) {
        seen[to] = 1
        stack.push({ node: to, next: 0 })
      }
    }
  }
  return order
}
