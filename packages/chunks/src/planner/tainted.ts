import type { LiveGraph, LiveModule } from '../live-graph.ts'
import { eachBit } from './bits.ts'
import { bytesOf } from './change.ts'
import type { Components } from './components.ts'
import type { Effects } from './effects.ts'
import type { Reach } from './reach.ts'

/** Brotli bytes that may change with every release so that no more has to. */
const LIFTED_BYTES = 16_000

/**
 * Components whose text holds the file name of something that changes, or of a chunk with such a text: what has an `import()` of the
 * app's own code, all that imports it, and the entries. None in an app that loads nothing lazily. A chunk with one of them changes with whatever is loaded lazily, and so does
 * all that imports the chunk. Complete upwards: nobody else imports one of these.
 *
 * Packages load parts of themselves with `import()`, too; those names change with the package.
 */
export function findTainted(graph: LiveGraph, { components }: Reach, effects: Effects): readonly boolean[] {
  const { members, imports } = components
  const moduleOf = (module: number) => graph.modules[module] as LiveModule
  const entries = new Set(graph.entries)
  const names = holdsNames(graph, components)
  if (!names.includes(true)) return []
  const holds = members.map((modules, component) => names[component] || modules.some((module) => entries.has(module)))
  const tainted = spreadUp(imports, (component) => holds[component] === true)
  const late = new Set(lateEffects(effects, tainted))
  if (late.size === 0) return tainted
  const lifted = spreadUp(imports, (component) => tainted[component] === true || late.has(component))
  const more = members.filter((_modules, component) => lifted[component] === true && tainted[component] !== true)
  return bytesOf(more.flat().map(moduleOf)) > LIFTED_BYTES ? tainted : lifted
}

/** Component → whether it has an `import()` of something that changes with the app. */
export function holdsNames(graph: LiveGraph, { members, imports, of }: Components): boolean[] {
  const moduleOf = (module: number) => graph.modules[module] as LiveModule
  const isOwn = spreadUp(imports, (component) =>
    (members[component] as readonly number[]).some((module) => /^(?:app|importer)$/.test(moduleOf(module).volatility)),
  )
  return members.map((modules) =>
    modules.some((module) => moduleOf(module).dynamicImports.some((target) => isOwn[of[target] as number])),
  )
}

/** Effects that the source has behind those of tainted components: those run when all that they import has run. */
function lateEffects({ components, homes }: Effects, tainted: readonly boolean[]): number[] {
  return homes.flatMap(({ own }) => {
    const inOrder = [...eachBit(own)].map((number) => components[number] as number)
    const first = inOrder.findIndex((component) => tainted[component])
    return first === -1 ? [] : inOrder.slice(first).filter((component) => !tainted[component])
  })
}

/** Component → whether it, or anything that it imports, directly or not, is such. */
function spreadUp(imports: readonly (readonly number[])[], is: (component: number) => boolean): boolean[] {
  const found: boolean[] = []
  for (const [component, targets] of imports.entries()) {
    found.push(is(component) || targets.some((target) => found[target]))
  }
  return found
}
