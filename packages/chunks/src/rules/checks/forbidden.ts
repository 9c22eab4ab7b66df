import { plainId, type BuildReport, type ModuleEntry } from '@paceline/build-graph'
import {
  bytesIn,
  chainInto,
  costIn,
  initialLoad,
  initialLoadWith,
  routeLoad,
  wholeLoad,
  type RuleLoad,
} from '../loads.ts'
import { isPackagePattern, mayBePackage, moduleMatcher } from '../../match-modules.ts'
import { fixAt, ownImports, removeImports } from '../own-imports.ts'
import type { Found, ResolvedForbidden, Rule } from '../rule.ts'
import { subjectsOf } from '../subjects.ts'

/** Packages and modules that must not be in a load. */
export const forbidden: Rule<'forbidden'> = {
  name: 'forbidden',
  check({ report }, { initial, routes, all }) {
    const everywhere = wholeLoad(report)
    const found = [
      ...all.flatMap((entry) => inLoad(report, everywhere, entry)),
      ...initial.flatMap((entry) => inLoad(report, initialLoad(report), entry)),
    ]
    const told = new Set(found.map(({ subject }) => subject))
    for (const route of report.routes) {
      const entries = [
        ...(routes['*'] ?? []),
        ...[route.id, route.path, route.module].flatMap((key) => named(routes, key)),
      ]
      for (const one of new Set(entries).values()) {
        // What the initial load has, every route has: said once.
        for (const violation of inLoad(report, routeLoad(report, route), one)) {
          if (!told.has(violation.subject)) found.push(violation)
        }
      }
    }
    return found
  },
  unmatched({ report, onDisk }, { initial, routes, all }) {
    const known = report.routes.flatMap(({ id, path, module }) => [id, module, ...(path === undefined ? [] : [path])])
    const strangers = Object.keys(routes).filter((route) => route !== '*' && !known.includes(route))
    // A package that is not there is what the rule is for, and so is a file that nobody imports; a path that leads nowhere is a slip of the pen.
    const isThere = (glob: string): boolean => {
      const matches = moduleMatcher([glob])
      return report.modules.some(matches) || onDisk?.(glob, matches) === true
    }
    const globs = [...initial, ...Object.values(routes).flat(), ...all].filter(({ name }) => !mayBePackage(name))
    return [
      ...strangers.map((route) => ({ option: `chunks.forbidden.routes['${route}']`, among: known })),
      ...globs
        .filter(({ name }) => !isThere(name))
        .map(({ name }) => ({ option: `chunks.forbidden '${name}'`, among: subjectsOf(report) })),
    ]
  },
}

function named(
  routes: Readonly<Record<string, readonly ResolvedForbidden[]>>,
  key: string | undefined,
): readonly ResolvedForbidden[] {
  return key === undefined || key === '*' ? [] : (routes[key] ?? [])
}

function inLoad(report: BuildReport, anyLoad: RuleLoad, { name, use }: ResolvedForbidden): Found[] {
  const matches = moduleMatcher([name])
  const present = report.modules.filter((module) => matches(module) && bytesIn(report, module.id, anyLoad.files) > 0)
  const isPackage = isPackagePattern(name)
  const loadWith = (modules: readonly ModuleEntry[]): RuleLoad =>
    anyLoad === initialLoad(report)
      ? initialLoadWith(report, (files) => modules.some(({ id }) => bytesIn(report, id, files) > 0))
      : anyLoad
  const subjects = Map.groupBy(present, (module) => (isPackage ? module.package! : module.id))
  return [...subjects].map(([subject, modules]) => {
    const load = loadWith(modules)
    const isSubject = (module: ModuleEntry): boolean => (isPackage ? module.package : module.id) === subject
    return {
      subject,
      message: `\`${plainId(subject)}\` is forbidden in ${load.label}.`,
      chain: chainInto(report, load, isSubject),
      // Nothing is saved by imports where the options for chunks have put it there.
      bytes:
        costIn(report, load, isPackage ? { package: subject } : { module: subject }) ||
        modules.reduce((sum, { id }) => sum + bytesIn(report, id, load.files), 0),
      fix: `${fixAt(ownImports(report, load, isSubject), use === undefined ? removeImports : () => `Use \`${use}\` instead`)}.`,
    }
  })
}
