import type { GraphModule } from '@paceline/build-graph'

/**
 * The order in which the source executes its modules: depth first from the entries, static imports in the order of the
 * statements, what is loaded with `import()` after everything that is not.
 *
 * @returns positions by module id
 */
export function sourceOrder(modules: readonly GraphModule[]): Map<string, number> {
  const byId = new Map(modules.map((module) => [module.id, module]))
  const order = new Map<string, number>()
  const seen = new Set<string>()
  const roots = new Set(modules.filter((module) => module.entry).map((module) => module.id))
  // Grows while it is walked: lazy modules queue up in the order in which they are found.
  for (const root of roots) {
    // Packages may be nested deeper than the stack of calls allows.
    const stack: { module: GraphModule; next: number }[] = []
    const enter = (id: string): void => {
      const module = byId.get(id)
      if (!module || seen.has(id)) return
      seen.add(id)
      stack.push({ module, next: 0 })
    }
    enter(root)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = top.module.imports[top.next++]
      if (edge === undefined) {
        order.set(top.module.id, order.size)
        stack.pop()
      } else if (edge.kind === 'static') {
        enter(edge.id)
      } else {
        roots.add(edge.id)
      }
    }
  }
  return order
}
