import type { LiveModule } from '../live-graph.ts'

/** So many parts of a package, and at least half of it, are taken by the app itself before it is called a collection. */
const FEWEST_PARTS = 6
/** Brotli bytes of one of them, at most. */
const LARGEST_PART = 1000

/**
 * Parts of collections that the app takes one by one, icons above all: which of them a build has changes with the app's code, and hardly
 * ever with the package. In a chunk with big packages every icon more would change all of it.
 *
 * @returns the modules, such parts with the volatility of the app's code
 */
export function asPicked(modules: readonly LiveModule[]): LiveModule[] {
  const takenByPackages = new Set<number>()
  const taken = new Set<number>()
  for (const { package: owner, imports } of modules) {
    for (const target of imports) (owner === undefined ? taken : takenByPackages).add(target)
  }
  const isPart = (module: LiveModule, index: number): boolean =>
    module.volatility === `package:${module.package}` &&
    module.kind === 'js' &&
    !module.effects &&
    module.size.brotli <= LARGEST_PART &&
    taken.has(index) &&
    !takenByPackages.has(index)
  const sizes = new Map<string | undefined, number>()
  for (const { package: owner } of modules) sizes.set(owner, (sizes.get(owner) ?? 0) + 1)
  const parts = new Map<string | undefined, Set<LiveModule>>()
  for (const module of modules.filter(isPart)) {
    const known = parts.get(module.package) ?? new Set()
    parts.set(module.package, known.add(module))
  }
  return modules.map((module) => {
    const mates = parts.get(module.package)
    const isCollection = mates !== undefined && mates.size >= FEWEST_PARTS
    const areMost = isCollection && 2 * mates.size >= (sizes.get(module.package) as number)
    return areMost && mates.has(module) ? { ...module, volatility: 'app' } : module
  })
}
