import type { ChunkFault } from './chunk-fault.ts'
import type { DescribedFault } from './describe-fault.ts'
import type { FinishedChunk } from './finished-output.ts'

/** A plan that was there before the build. */
export interface PlanInUse {
  /** The plan's name. */
  readonly file: string
  /** Names of the groups of the options. */
  readonly groups: ReadonlySet<string>
}

/**
 * What a fault means where a plan is followed. Nobody has put the modules there by hand: the sources have changed in a way that they did not
 * show before tree shaking. What is only suspected elsewhere the planner has kept, so that the plan has aged, unless a group of the options
 * is behind it.
 */
export function inPlan(
  described: DescribedFault,
  fault: ChunkFault,
  plan: PlanInUse,
  chunks: readonly FinishedChunk[],
): DescribedFault {
  const { suspected = false, ...certain } = described
  if (!described.harmful || (suspected && isByGroup(fault, plan.groups, chunks))) return described
  return {
    ...certain,
    advice: `\`${plan.file}\` does not fit the sources any more. Make it anew with \`paceline chunks plan\`.`,
  }
}

/** Whether a group has one of two modules that changed places, or needs the one that runs too early now. */
function isByGroup(fault: ChunkFault, groups: ReadonlySet<string>, chunks: readonly FinishedChunk[]): boolean {
  if (fault.kind !== 'order') return false
  const [first, second] = fault.chunks
  const grouped = chunks.filter(({ name }) => groups.has(name))
  return grouped.some((chunk) => chunk.file === first || needed(chunk, chunks).has(second))
}

/** Files of a chunk and of all that it imports. */
function needed({ file }: FinishedChunk, chunks: readonly FinishedChunk[]): Set<string> {
  const importsOf = new Map(chunks.map((chunk) => [chunk.file, chunk.imports]))
  const files = new Set([file])
  // Grows while it is walked.
  for (const one of files) for (const imported of importsOf.get(one) ?? []) files.add(imported)
  return files
}
