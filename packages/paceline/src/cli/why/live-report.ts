import { indexReport } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'

/**
 * A report with the imports that are left in the output. A report has all that is written, and where tree shaking has emptied an import,
 * the file of the importer does not load that of the imported module: such an import brings nothing in. Inside one file nothing tells
 * them apart, so all of those stay, like those of documents and stylesheets.
 */
export function liveReport(report: BuildReport): BuildReport {
  const loaded = loadedWith(report)
  const filesOf = scriptsOf(report)
  const origins = originsOf(report, filesOf)
  const modules = report.modules.map((module, from) => {
    const sources = origins(from)
    const reached = sources && new Set(sources.flatMap((file) => [...loaded(file)]))
    const imports = module.imports.filter(({ to, kind }) => {
      const targets = kind === 'static' ? filesOf[to]! : []
      return !reached || targets.length === 0 || targets.some((file) => reached.has(file))
    })
    return imports.length === module.imports.length ? module : { ...module, imports }
  })
  return { ...report, modules }
}

/** A script → all scripts that come with it, itself included. */
function loadedWith({ chunks }: BuildReport): (file: string) => ReadonlySet<string> {
  const importsOf = new Map(chunks.map(({ file, imports }) => [file, imports]))
  const known = new Map<string, ReadonlySet<string>>()
  return (file) => {
    const all = new Set([file])
    if (known.has(file)) return known.get(file)!
    known.set(file, all)
    // Grows while it is walked.
    for (const one of all) for (const next of importsOf.get(one) ?? []) all.add(next)
    return all
  }
}

/** The scripts that hold a part of each module. */
function scriptsOf(report: BuildReport): string[][] {
  const { shares } = indexReport(report)
  const scripts = new Set(report.chunks.flatMap(({ file, kind }) => (kind === 'js' ? [file] : [])))
  return report.modules.map(({ id }) =>
    (shares.get(id) ?? []).flatMap(({ file, raw }) => (scripts.has(file) && raw > 0 ? [file] : [])),
  )
}

/**
 * The scripts in which a module's imports are used: its own, and of a module that is in none, such as a barrel, those of the modules that
 * import it. Nothing where that cannot be told.
 */
function originsOf(
  report: BuildReport,
  filesOf: readonly (readonly string[])[],
): (position: number) => string[] | undefined {
  const { importers } = indexReport(report)
  return (position) => {
    const files = new Set<string>()
    const asked = new Set([position])
    for (const one of asked) {
      for (const file of filesOf[one]!) files.add(file)
      if (filesOf[one]!.length > 0) continue
      if (report.modules[one]!.entry) return undefined
      for (const importer of importers[one]!) asked.add(importer)
    }
    return files.size === 0 ? undefined : [...files]
  }
}
