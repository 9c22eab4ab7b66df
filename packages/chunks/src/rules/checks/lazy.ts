import { indexReport, plainId, type BuildReport, type ChainStep, type ModuleEntry } from '@paceline/build-graph'
import { bytesIn, chainInto, costIn, initialLoad, initialLoadWith } from '../loads.ts'
import { isPackagePattern, moduleMatcher } from '../../match-modules.ts'
import { fixAt, ownImports } from '../own-imports.ts'
import type { Found, Rule } from '../rule.ts'
import { subjectsOf } from '../subjects.ts'
import { isUrlModule } from '../url-modules.ts'

/** These modules must never be in the initial closure. */
export const lazy: Rule<'lazy'> = {
  name: 'lazy',
  check({ report }, { modules: patterns }) {
    const load = initialLoad(report)
    const told = new Set<string>()
    return patterns.flatMap((pattern) => {
      const matches = moduleMatcher([pattern])
      const early = report.modules.filter(
        (module) => matches(module) && !isUrlModule(module) && bytesIn(report, module.id, load.files) > 0,
      )
      const heads = isPackagePattern(pattern) ? early.slice(0, 1) : outermost(report, early)
      return heads.flatMap((module) => {
        const subject = isPackagePattern(pattern) ? module.package! : module.id
        if (told.has(subject)) return []
        told.add(subject)
        return [eager(report, module, subject)]
      })
    })
  },
  unmatched({ report }, { modules: patterns }) {
    return patterns
      .filter((pattern) => !report.modules.some(moduleMatcher([pattern])))
      .map((pattern) => ({ option: `chunks.lazy['${pattern}']`, among: subjectsOf(report) }))
  },
}

function eager(report: BuildReport, module: ModuleEntry, subject: string): Found {
  const ofPackage = subject === module.package
  const isSubject = (candidate: ModuleEntry): boolean => (ofPackage ? candidate.package : candidate.id) === subject
  const own = report.modules.filter(isSubject)
  const load = initialLoadWith(report, (files) => own.some(({ id }) => bytesIn(report, id, files) > 0))
  const chain = chainInto(report, load, isSubject)
  const isStaticStep = ({ importer, importee }: ChainStep): boolean => isStatic(report, importer, importee)
  const { direct, indirect } = ownImports(report, load, isSubject)
  const imports = { direct: direct.filter(isStaticStep), indirect: indirect.filter(isStaticStep) }
  return {
    subject,
    message: `\`${plainId(subject)}\` must be lazy, but every visit${load.pages === undefined ? '' : ` to ${load.pages}`} downloads it.`,
    chain,
    bytes:
      costIn(report, load, ofPackage ? { package: subject } : { module: subject }) ||
      bytesIn(report, module.id, load.files),
    fix:
      [...imports.direct, ...imports.indirect].length > 0
        ? `${fixAt(imports, () => 'Load it with `import()`')}.`
        : 'No static import leads to it: the options for chunks put it beside code that starts at once.',
  }
}

/** Of modules that bring each other in, those that others bring: mending these mends the rest. */
function outermost(report: BuildReport, modules: readonly ModuleEntry[]): ModuleEntry[] {
  const ids = new Set(modules.map(({ id }) => id))
  const inner = new Set<string>()
  for (const { id, imports } of modules) {
    for (const { to, kind } of imports) {
      const target = report.modules[to]?.id
      if (kind === 'static' && target !== undefined && target !== id && ids.has(target)) inner.add(target)
    }
  }
  const heads = modules.filter(({ id }) => !inner.has(id) || importedFromElsewhere(report, id, ids))
  return heads.length > 0 ? heads : modules.slice(0, 1)
}

function importedFromElsewhere(report: BuildReport, id: string, inside: ReadonlySet<string>): boolean {
  const { importers, indexOf } = indexReport(report)
  const position = indexOf.get(id)!
  return importers[position]!.some((from) => {
    const importer = report.modules[from]!
    if (inside.has(importer.id) || bytesIn(report, importer.id, initialLoad(report).files) === 0) return false
    return importer.imports.some(({ to, kind }) => kind === 'static' && to === position)
  })
}

function isStatic(report: BuildReport, importer: string, importee: string): boolean {
  const module = report.modules.find(({ id }) => id === importer)
  return module?.imports.some(({ to, kind }) => kind === 'static' && report.modules[to]?.id === importee) ?? false
}
