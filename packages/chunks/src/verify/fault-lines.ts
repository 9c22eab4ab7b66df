import { readAppSources, withLines, type GraphModule } from '@paceline/build-graph'
import type { ChunkFault, ChunkStep, SourceStep } from './chunk-fault.ts'

/** Adds the lines of the app's own imports to the chains of faults. Reads only the files that are named. */
export async function withFaultLines(faults: readonly ChunkFault[]): Promise<ChunkFault[]> {
  const lines = new Map<string, number>()
  for (const { id, imports } of await withLines(...importers(faults.flatMap(stepsOf)))) {
    for (const edge of imports) if (edge.line !== undefined) lines.set(keyOf(id, edge.id, edge.kind), edge.line)
  }
  const placed = (step: SourceStep): SourceStep => {
    const line = lines.get(keyOf(step.importer, step.importee, step.kind))
    return line === undefined ? step : { ...step, line }
  }
  const chunkStep = (step: ChunkStep): ChunkStep => (step.because ? { ...step, because: placed(step.because) } : step)
  return faults.map((fault): ChunkFault => {
    switch (fault.kind) {
      case 'cycle':
      case 'deadlock':
        return { ...fault, steps: fault.steps.map(chunkStep) }
      case 'early':
        return { ...fault, loadedBy: fault.loadedBy.map(chunkStep), meantBy: fault.meantBy.map(placed) }
      default:
        return { ...fault, chains: [fault.chains[0].map(placed), fault.chains[1].map(placed)] }
    }
  })
}

function stepsOf(fault: ChunkFault): readonly SourceStep[] {
  if (fault.kind === 'order') return fault.chains.flat()
  if (fault.kind === 'cycle' || fault.kind === 'deadlock') return fault.steps.flatMap((step) => step.because ?? [])
  return [...fault.loadedBy.flatMap((step) => step.because ?? []), ...fault.meantBy]
}

function importers(steps: readonly SourceStep[]): [GraphModule[], Map<string, string>] {
  const edges = Map.groupBy(steps, (step) => step.importer)
  const modules = [...edges].map(([id, own]) => ({
    id,
    entry: false,
    imports: own.map(({ importee, kind }) => ({ id: importee, kind })),
  }))
  return [modules, readAppSources(modules)]
}

function keyOf(importer: string, importee: string, kind: SourceStep['kind']): string {
  return [importer, importee, kind].join('\0')
}
