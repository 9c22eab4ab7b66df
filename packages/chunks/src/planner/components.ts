/** The modules of a graph with every static cycle drawn together: what lies in one cycle lies in one chunk. */
export interface Components {
  /** Module → component. */
  readonly of: Int32Array
  /** Component → modules, in the order of the graph. Components come after what they import. */
  readonly members: readonly (readonly number[])[]
  /** Component → components it imports, without itself, each once, in the order of the graph. */
  readonly imports: readonly (readonly number[])[]
}

/**
 * Strongly connected components after Tarjan (SIAM J. Comput. 1972), without recursion: import chains of real apps are
 * deeper than the stack. The order is that of a depth-first walk, so dependencies have lower numbers.
 */
export function findComponents(imports: readonly (readonly number[])[]): Components {
  const of = new Int32Array(imports.length).fill(-1)
  const seenAt = new Int32Array(imports.length).fill(-1)
  const lowest = new Int32Array(imports.length)
  const nextImport = new Int32Array(imports.length)
  const open: number[] = []
  const members: number[][] = []
  let clock = 0
  for (let start = 0; start < imports.length; start++) {
    if (seenAt[start] !== -1) continue
    const path = [start]
    while (path.length > 0) {
      const module = path[path.length - 1] as number
      if (seenAt[module] === -1) {
        seenAt[module] = lowest[module] = clock++
        open.push(module)
      }
      const target = (imports[module] as readonly number[])[nextImport[module] as number]
      if (target !== undefined) {
        nextImport[module] = (nextImport[module] as number) + 1
        if (seenAt[target] === -1) path.push(target)
        else if (of[target] === -1) lowest[module] = Math.min(lowest[module] as number, seenAt[target] as number)
        continue
      }
      path.pop()
      const parent = path[path.length - 1]
      if (parent !== undefined) lowest[parent] = Math.min(lowest[parent] as number, lowest[module] as number)
      if (lowest[module] === seenAt[module]) members.push(closeComponent(open, module, members.length, of))
    }
  }
  return { of, members, imports: members.map((modules, own) => importsOf(modules, own, imports, of)) }
}

function closeComponent(open: number[], first: number, component: number, of: Int32Array): number[] {
  const modules = open.splice(open.lastIndexOf(first))
  for (const module of modules) of[module] = component
  return modules.sort((a, b) => a - b)
}

function importsOf(
  modules: readonly number[],
  own: number,
  imports: readonly (readonly number[])[],
  of: Int32Array,
): number[] {
  const targets = new Set<number>()
  for (const module of modules) {
    for (const target of imports[module] as readonly number[]) targets.add(of[target] as number)
  }
  targets.delete(own)
  return [...targets]
}
