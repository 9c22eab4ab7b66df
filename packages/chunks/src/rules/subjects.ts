import type { BuildReport } from '@paceline/build-graph'

/** Packages, modules and directories of the app, for suggestions. */
export function subjectsOf(report: BuildReport): string[] {
  const names = new Set<string>()
  for (const { id, package: owner } of report.modules) {
    names.add(owner ?? id)
    if (owner !== undefined) continue
    const parts = id.split('/')
    for (let length = 1; length < parts.length; length++) names.add(parts.slice(0, length).join('/'))
  }
  return [...names]
}
