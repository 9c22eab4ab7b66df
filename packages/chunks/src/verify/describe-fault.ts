import { displayId, packageOf, plainId, type ChainStep } from '@paceline/build-graph'
import type { PacelineError } from '@paceline/kit'
import { chunksError } from '../errors.ts'
import type { ChunkFault, SourceStep } from './chunk-fault.ts'
import { faultDetails, type FaultDetails } from './fault-message.ts'

/** A fault in words, its modules named from the Vite root. */
export interface DescribedFault extends FaultDetails {
  readonly kind: ChunkFault['kind']
  /** Whether the page may not work; if not, it is good to know. */
  readonly harmful: boolean
  /** Whether that depends on what nobody knows here, so that it is a warning at most. @default false */
  readonly suspected?: boolean
  /** Module, or file of a chunk. */
  readonly subject: string
  /** Whatever else somebody may call it by: all its modules and their packages, its chunks by name and file. */
  readonly names: readonly string[]
  /** The imports of the source to look at. */
  readonly chain: readonly ChainStep[]
}

const CODES = {
  cycle: 'PACELINE_CHUNK_CYCLE',
  deadlock: 'PACELINE_CHUNK_DEADLOCK',
  early: 'PACELINE_RUNS_EARLY',
  order: 'PACELINE_ORDER_CHANGED',
} as const

/**
 * Puts a fault into words.
 *
 * @param chunkName file of a chunk → its name
 */
export function describeFault(
  fault: ChunkFault,
  root: string,
  chunkName: (file: string) => string | undefined,
): DescribedFault {
  // pnpm's store is nothing that anybody wrote.
  const name = (id: string): string => plainId(displayId(id, root)).replace(/node_modules\/\.pnpm\/[^/]+\//, '')
  const chunks = chunksOf(fault).flatMap((file) => [file, chunkName(file) ?? file])
  const modules = modulesOf(fault).flatMap((id) => [displayId(id, root), name(id), packageOf(id)?.name ?? []].flat())
  const [subject = ''] = fault.kind === 'cycle' ? chunks : modules
  return {
    kind: fault.kind,
    harmful: fault.kind === 'order' || fault.harmful,
    // Most functions remember nothing.
    ...(fault.kind === 'order' && fault.asked !== undefined ? { suspected: true } : {}),
    subject,
    names: [...new Set([...modules, ...chunks])],
    ...faultDetails(fault, name),
    chain: stepsOf(fault).map(({ importer, importee, line }) => ({
      importer: displayId(importer, root),
      importee: displayId(importee, root),
      ...(line === undefined ? {} : { line }),
    })),
  }
}

/** A described fault as an error with a code. */
export function faultError({ kind, about, what, lines, advice }: DescribedFault): PacelineError {
  return chunksError(CODES[kind], [about, what, lines, advice])
}

function chunksOf(fault: ChunkFault): readonly string[] {
  if (fault.kind === 'cycle' || fault.kind === 'deadlock') return fault.steps.map(({ from }) => from)
  return fault.kind === 'early' ? [fault.chunk] : fault.chunks
}

function modulesOf(fault: ChunkFault): readonly string[] {
  if (fault.kind === 'early') return fault.modules
  if (fault.kind === 'deadlock') return [fault.module, fault.target]
  // What runs too early is the one to move.
  if (fault.kind === 'order') return [fault.second, fault.first]
  return fault.steps.flatMap(({ because }) => (because ? [because.importer, because.importee] : []))
}

function stepsOf(fault: ChunkFault): readonly SourceStep[] {
  if (fault.kind === 'order') return fault.chains[1]
  if (fault.kind === 'cycle' || fault.kind === 'deadlock') return fault.steps.flatMap(({ because }) => because ?? [])
  return fault.meantBy.length > 0 ? fault.meantBy : fault.loadedBy.flatMap(({ because }) => because ?? [])
}
