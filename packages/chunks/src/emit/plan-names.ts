import type { BuildReport } from '@paceline/build-graph'

/**
 * A report in which chunks have the names of the plan. The bundler calls those that it makes by itself what their modules are called: several
 * `index`, say.
 *
 * @param names display id of the lazy module → name of its chunk
 */
export function withPlanNames(report: BuildReport, names: ReadonlyMap<string, string>): BuildReport {
  const byFile = new Map<string, string>()
  const chunks = report.chunks.map((chunk) => {
    const name = chunk.facade === undefined ? undefined : names.get(chunk.facade)
    if (name === undefined || name === chunk.name) return chunk
    byFile.set(chunk.file, name)
    return { ...chunk, name }
  })
  if (byFile.size === 0) return report
  const files = report.files.map((entry) => {
    const chunk = byFile.get(entry.file)
    return chunk === undefined ? entry : { ...entry, chunk }
  })
  return { ...report, chunks, files }
}
