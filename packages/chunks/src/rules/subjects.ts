import type { BuildReport } from '@paceline/build-graph'

/** Packages and modules of the app, for suggestions. */
export function subjectsOf(report: BuildReport): string[] {
  return [...new Set(report.modules.map((module) => module.package ?? module.id))]
}
