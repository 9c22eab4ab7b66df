import { formatPlace, indexReport, plainId, type BuildReport, type ChainStep } from '@paceline/build-graph'
import { bytesOfFiles, initialLoad, staticClosure } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

/** Lazy chunks that only another lazy chunk asks for: one download has to end before the next can begin. */
export const waterfalls: Rule<'waterfalls'> = {
  name: 'waterfalls',
  check({ report }, { max }) {
    const { waits, parents } = walk(report)
    const { shares } = indexReport(report)
    const initial = initialLoad(report)
    return report.modules.flatMap((module, position) => {
      // Told where the wait begins, not again for everything behind it.
      const parent = parents[position]!
      const wait = waits[position]!
      if (wait <= max || parent === -1 || wait === waits[parent]) return []
      const asked = (shares.get(module.id) ?? []).map(({ file }) => file)
      const before = new Set([...initial.files, ...staticClosure(report, filesOn(report, parents, position))])
      const late = [...staticClosure(report, asked)].filter((file) => !before.has(file))
      if (late.length === 0) return []
      const chain = wayTo(report, parents, position)
      return [waiting(module.id, waits[position]!, chain, bytesOfFiles(report, late))]
    })
  },
}

function waiting(id: string, wait: number, chain: readonly ChainStep[], bytes: number): Found {
  const last = chain.at(-1)!
  return {
    subject: id,
    message: `\`${plainId(id)}\` is asked for only when ${wait - 1} lazy ${wait === 2 ? 'chunk has' : 'chunks have'} arrived and run.`,
    chain,
    bytes,
    fix: `Start its \`import()\` together with the one before, or import it statically at ${formatPlace(last)}.`,
  }
}

/** By the fewest `import()`s in a row, then by the fewest imports: 0–1 breadth-first search. */
function walk(report: BuildReport): { waits: Int32Array; parents: Int32Array } {
  const waits = new Int32Array(report.modules.length).fill(-1)
  const parents = new Int32Array(report.modules.length).fill(-1)
  let level = [...indexReport(report).entries]
  for (const start of level) waits[start] = 0
  for (let wait = 0; level.length > 0; wait++) {
    const next: [number, number][] = []
    for (const from of level) {
      for (const { to, kind } of report.modules[from]!.imports) {
        if (waits[to] !== -1) continue
        if (kind === 'dynamic') {
          next.push([from, to])
          continue
        }
        waits[to] = wait
        parents[to] = from
        level.push(to)
      }
    }
    level = []
    for (const [from, to] of next) {
      if (waits[to] !== -1) continue
      waits[to] = wait + 1
      parents[to] = from
      level.push(to)
    }
  }
  return { waits, parents }
}

/** Files of the modules on the way, the last one left out: they are there when it is asked for. */
function filesOn(report: BuildReport, parents: Int32Array, position: number): string[] {
  const { shares } = indexReport(report)
  const files: string[] = []
  for (let at = parents[position]!; at !== -1; at = parents[at]!) {
    files.push(...(shares.get(report.modules[at]!.id) ?? []).map(({ file }) => file))
  }
  return files
}

function wayTo(report: BuildReport, parents: Int32Array, position: number): ChainStep[] {
  const steps: ChainStep[] = []
  for (let to = position; parents[to] !== -1; to = parents[to]!) {
    const importer = report.modules[parents[to]!]!
    const edges = importer.imports.filter((edge) => edge.to === to)
    const line = (edges.find(({ kind }) => kind === 'static') ?? edges[0])?.line
    steps.push({ importer: importer.id, ...(line === undefined ? {} : { line }), importee: report.modules[to]!.id })
  }
  return steps.toReversed()
}
