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

/** Whatever a violation could be called by: packages, modules, chunks, files and routes. */
export function namesIn({ modules, chunks, files, routes }: BuildReport): string[] {
  return [
    ...modules.flatMap(({ id, package: owner }) => (owner === undefined ? [id] : [id, owner])),
    ...chunks.map(({ name }) => name),
    ...files.map(({ file }) => file),
    ...routes.flatMap(({ id, path }) => (path === undefined ? [id] : [id, path])),
  ]
}
