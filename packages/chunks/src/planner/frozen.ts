import { type Bits, hasBit, sameBits } from './bits.ts'
import type { OrderFault } from './order-faults.ts'
import type { Partition } from './partition.ts'
import { type Reach, signatureOf } from './reach.ts'

/** What a plan has to heed for the order of execution, found by running an earlier plan. All by component. */
export interface Frozen {
  /** Stay in one chunk. */
  readonly pairs: readonly Pair[]
  /** The first lies in no unit with what imports the second, directly or not: it would have to wait for it. */
  readonly barriers: readonly Pair[]
  /** Signatures that are left as the bundler's default has them. */
  readonly signatures: ReadonlySet<string>
}

export type Pair = readonly [number, number]

export const NOTHING_FROZEN: Frozen = { pairs: [], barriers: [], signatures: new Set() }

/**
 * Heeds more because of faults. Of equal reach, the two modules come into one chunk, where they run in the order of the source; of
 * different reach, the later one is kept away from what waits for the other. Where that was tried already, what shares a chunk with
 * either is left to the default, in the end all that was loaded with them. Every call adds something.
 */
export function freezeFaults(
  reach: Reach,
  partition: Partition,
  frozen: Frozen,
  faults: readonly OrderFault[],
): Frozen {
  const { of } = reach.components
  const signatures = new Set(frozen.signatures)
  const pairs = [...frozen.pairs]
  const barriers = [...frozen.barriers]
  for (const { ranFirst, ranSecond, waits, alone, roots } of faults) {
    const early = of[ranFirst] as number
    const late = of[ranSecond] as number
    const pair: Pair = [late, early]
    const alike = sameBits(reach.reduced[early] as Bits, reach.reduced[late] as Bits)
    if (alike && !hasPair(frozen.pairs, pair)) pairs.push(pair)
    else if (waits && !alike && !hasPair(frozen.barriers, pair)) barriers.push(pair)
    else {
      // Stylesheets alone first: where they have scripts with them in the default's chunks, nothing else has to be left to those.
      const second = matesOf(reach, partition, ranSecond)
      const both = [...matesOf(reach, partition, ranFirst), ...second]
      const steps = [...(alone ? [second] : []), both, loadedSignatures(reach, roots)]
      const more = steps.find((step) => step.some((signature) => !frozen.signatures.has(signature))) ?? []
      for (const signature of more) signatures.add(signature)
    }
  }
  return { signatures, pairs, barriers }
}

function hasPair(pairs: readonly Pair[], [a, b]: Pair): boolean {
  return pairs.some(([x, y]) => x === a && y === b)
}

/** Signatures of all that lies in the module's chunk. */
function matesOf(reach: Reach, { chunkOf, chunks }: Partition, module: number): string[] {
  const modules = chunks[chunkOf[module] as number] as readonly number[]
  return [...new Set(modules.map((mate) => signatureOf(reach, reach.components.of[mate] as number)))]
}

function loadedSignatures(reach: Reach, modules: readonly number[]): string[] {
  const roots = modules.map((module) => reach.roots.indexOf(module)).filter((root) => root !== -1)
  return reach.components.members.flatMap((_modules, component) => {
    const isLoaded = roots.some((root) => hasBit(reach.full[component] as Bits, root))
    return isLoaded ? [signatureOf(reach, component)] : []
  })
}
