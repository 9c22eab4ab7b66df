import { plainId, type BuildReport, type ChainStep } from '@paceline/build-graph'
import type { DescribedFault } from '../../verify/describe-fault.ts'
import { circles } from '../circles.ts'
import { bytesOf, bytesOfFiles } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

/** Chunks that import each other in a circle, and on request the app's own modules that do. */
export const circular: Rule<'circular'> = {
  name: 'circular',
  check({ report, faults }, { modules, harmful }) {
    const known = faults.filter(({ kind }) => kind === 'cycle')
    return [...chunkCircles(report, known, harmful), ...(modules ? moduleCircles(report) : [])]
  },
}

/** @param harmful whether circles that break the page are told here; if not, `execution` does */
function chunkCircles(report: BuildReport, known: readonly DescribedFault[], harmful: boolean): Found[] {
  const files = report.chunks.map(({ file }) => file)
  const position = new Map(files.map((file, index) => [file, index]))
  const edges = report.chunks.map(({ imports }) => imports.flatMap((file) => position.get(file) ?? []))
  return circles(edges).flatMap((circle) => {
    const chunks = circle.map((index) => report.chunks[index]!)
    const names = chunks.map(({ file }) => `\`${file}\``)
    const fault = known.find((one) => chunks.some(({ file }) => one.names.includes(file)))
    if (fault?.harmful && !harmful) return []
    const found: Found = {
      subject: chunks[0]!.file,
      names: chunks.flatMap(({ name, file }) => [name, file]),
      message: `Chunks import each other in a circle: ${[...names, names[0]].join(' → ')}${fault ? `; ${fault.what}` : ''}.`,
      chain: chunks.flatMap((chunk, at) => crossing(report, chunk.file, chunks[(at + 1) % chunks.length]!.file)),
      // Whoever asks for one of them downloads all.
      bytes: bytesOfFiles(
        report,
        chunks.map(({ file }) => file),
      ),
      fix: 'Put the modules that both need into one of the chunks, or into a third that imports neither.',
    }
    return [found]
  })
}

/** An import between modules of two chunks: why one chunk needs the other. */
function crossing(report: BuildReport, from: string, to: string): ChainStep[] {
  const idsIn = (file: string): Set<string> =>
    new Set(report.chunks.find((chunk) => chunk.file === file)?.modules.map(({ id }) => id))
  const [sources, targets] = [idsIn(from), idsIn(to)]
  for (const module of report.modules) {
    if (!sources.has(module.id)) continue
    const edge = module.imports.find(
      ({ to: index, kind }) => kind === 'static' && targets.has(report.modules[index]!.id),
    )
    if (edge) return [stepOf(report, module.id, edge)]
  }
  return []
}

function moduleCircles(report: BuildReport): Found[] {
  const own = report.modules.map(({ id, package: owner }) => owner === undefined && bytesOf(report, id) > 0)
  const edges = report.modules.map(({ imports }, index) =>
    own[index] ? imports.filter(({ to, kind }) => kind === 'static' && own[to]).map(({ to }) => to) : [],
  )
  return circles(edges).map((circle) => {
    const ids = circle.map((index) => report.modules[index]!.id)
    const names = ids.map((id) => `\`${plainId(id)}\``)
    return {
      subject: ids[0]!,
      names: ids,
      message: `Modules import each other in a circle: ${[...names, names[0]].join(' → ')}.`,
      chain: circle.map((index, at) => {
        const next = circle[(at + 1) % circle.length]!
        const edge = report.modules[index]!.imports.find(({ to, kind }) => to === next && kind === 'static')!
        return stepOf(report, report.modules[index]!.id, edge)
      }),
      bytes: ids.reduce((sum, id) => sum + bytesOf(report, id), 0),
      fix: 'Move what both need into a module of its own.',
    }
  })
}

function stepOf(report: BuildReport, importer: string, { to, line }: { to: number; line?: number }): ChainStep {
  return { importer, ...(line === undefined ? {} : { line }), importee: report.modules[to]!.id }
}
