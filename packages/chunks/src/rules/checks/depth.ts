import { cleanId, indexReport, plainId, type BuildReport, type ChainStep } from '@paceline/build-graph'
import { bytesOf } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

/** Modules too many static imports away from what is loaded: from the script of an entry, or from the target of an `import()`. */
export const depth: Rule<'depth'> = {
  name: 'depth',
  check({ report }, { max }) {
    const { depths, parents } = walk(report)
    // Packages arrange their insides as they like, and nobody sees a module of which nothing is left.
    const isDeep = (position: number): boolean => {
      const { id, package: owner } = report.modules[position]!
      return depths[position]! > max && owner === undefined && bytesOf(report, id) > 0
    }
    return report.modules.flatMap((_, position) => {
      if (!isDeep(position)) return []
      // The first module beyond the limit stands for all behind it.
      for (let before = parents[position]!; before !== -1; before = parents[before]!) if (isDeep(before)) return []
      return [deep(report, position, depths, parents, max)]
    })
  },
}

function deep(report: BuildReport, position: number, depths: Int32Array, parents: Int32Array, max: number): Found {
  const { id } = report.modules[position]!
  const behind = countBehind(report, position, depths)
  const also = behind > 0 ? ` ${behind} more ${behind === 1 ? 'lies' : 'lie'} behind it.` : ''
  return {
    subject: id,
    message: `\`${plainId(id)}\` is ${depths[position]} imports deep, limit ${max}.${also}`,
    chain: wayTo(report, parents, position),
    bytes: bytesOf(report, id),
    fix: 'Import it from where it is used, not through modules that only pass it on.',
  }
}

/** Breadth first over static imports, from everything that is loaded by itself. */
function walk(report: BuildReport): { depths: Int32Array; parents: Int32Array } {
  const { entries } = indexReport(report)
  const lazy = report.modules.flatMap(({ imports }) =>
    imports.filter(({ kind }) => kind === 'dynamic').map(({ to }) => to),
  )
  const depths = new Int32Array(report.modules.length).fill(-1)
  const parents = new Int32Array(report.modules.length).fill(-1)
  const starts = new Set(entries)
  // A document, and an inline script in it, is what loads scripts, and none of them. Grows while it is walked.
  for (const start of starts) {
    for (const { to } of isDocument(report.modules[start]!) ? report.modules[start]!.imports : []) {
      if (!starts.has(to)) parents[to] = start
      starts.add(to)
    }
  }
  const queue = [...new Set([...starts, ...lazy])]
  for (const start of queue) depths[start] = 0
  for (const from of queue) {
    for (const { to, kind } of report.modules[from]!.imports) {
      if (kind !== 'static' || depths[to] !== -1) continue
      depths[to] = depths[from]! + 1
      parents[to] = from
      queue.push(to)
    }
  }
  return { depths, parents }
}

function isDocument({ id }: BuildReport['modules'][number]): boolean {
  return /\.html?$/i.test(cleanId(id))
}

function countBehind(report: BuildReport, position: number, depths: Int32Array): number {
  const seen = new Set([position])
  for (const from of seen) {
    for (const { to, kind } of report.modules[from]!.imports) {
      const own = report.modules[to]!.package === undefined
      if (kind === 'static' && own && depths[to]! > depths[position]!) seen.add(to)
    }
  }
  return seen.size - 1
}

function wayTo(report: BuildReport, parents: Int32Array, position: number): ChainStep[] {
  const steps: ChainStep[] = []
  for (let to = position; parents[to] !== -1; to = parents[to]!) {
    const importer = report.modules[parents[to]!]!
    const line = importer.imports.find((edge) => edge.to === to && edge.kind === 'static')?.line
    steps.push({ importer: importer.id, ...(line === undefined ? {} : { line }), importee: report.modules[to]!.id })
  }
  return steps.toReversed()
}
