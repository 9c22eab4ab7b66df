import { formatPlace, indexReport, plainId, type BuildReport, type ChainStep } from '@paceline/build-graph'
import { costOf, wayTo } from '../loads.ts'
import { globMatcher } from '../../match-glob.ts'
import { mayBePackage, moduleMatcher } from '../../match-modules.ts'
import { isOneSibling, siblingsOf } from '../parse-layer.ts'
import type { Found, ResolvedLayer, Rule, Unmatched } from '../rule.ts'
import { subjectsOf } from '../subjects.ts'

/** Which modules may not import which. Imports as written, `import()` included; types leave no import behind. */
export const layers: Rule<'layers'> = {
  name: 'layers',
  check({ report }, { layers: rules }) {
    return rules.flatMap((rule) => {
      const forbids = forbidder(rule)
      const excepted = moduleMatcher(rule.except)
      return report.modules.flatMap((importer) =>
        importer.imports.flatMap(({ to, line }) => {
          const target = report.modules[to]
          if (!target || importer.id === target.id || !forbids(importer, target)) return []
          if (excepted(importer) || excepted(target)) return []
          return [
            crossing(report, rule, {
              importer: importer.id,
              ...(line === undefined ? {} : { line }),
              importee: target.id,
            }),
          ]
        }),
      )
    })
  },
  unmatched({ report, onDisk }, { layers: rules }) {
    return rules.flatMap((rule) => {
      // A package that is not there obeys, and so do files that nobody imports; a directory that is not there is a slip of the pen.
      const globs = [...rule.from, ...(rule.to ?? []).filter((glob) => !mayBePackage(glob)), ...rule.except]
      return globs.flatMap((glob): Unmatched[] => {
        const matches = rule.to === undefined && rule.from.includes(glob) ? siblingMatcher(glob) : moduleMatcher([glob])
        return report.modules.some((module) => matches(module)) || onDisk?.(glob, matches)
          ? []
          : [{ option: `chunks.layers '${rule.text}': '${glob}'`, among: subjectsOf(report) }]
      })
    })
  },
}

type Module = BuildReport['modules'][number]

function forbidder({ from, to }: ResolvedLayer): (importer: Module, target: Module) => boolean {
  if (to !== undefined) {
    const [isFrom, isTo] = [moduleMatcher(from), moduleMatcher(to)]
    return (importer, target) => isFrom(importer) && isTo(target)
  }
  // Directories by name are each other's siblings; a glob has its own.
  const [named, globs] = [from.filter(isOneSibling), from.filter((glob) => !isOneSibling(glob))]
  const homes = [named, ...globs.map((glob) => [glob])].map(homeIn)
  return (importer, target) =>
    homes.some((home) => {
      const [own, other] = [home(importer.id), home(target.id)]
      return own !== undefined && other !== undefined && own !== other
    })
}

function homeIn(globs: readonly string[]): (id: string) => string | undefined {
  const homes = globs.map(homeOf)
  return (id) => homes.map((home) => home(id)).find((home) => home !== undefined)
}

/** The directory or file that a glob of siblings names on the way to a module: `src/features/*` → `src/features/auth`. */
function homeOf(glob: string): (id: string) => string | undefined {
  const clean = siblingsOf(glob)
  const matches = globMatcher(clean, { dot: true })
  const length = clean.split('/').length
  return (id) => {
    const parts = id.replace(/\?.*$/, '').split('/')
    const home = parts.slice(0, length).join('/')
    return parts.length >= length && matches(home) ? home : undefined
  }
}

function siblingMatcher(glob: string): (module: { readonly id: string }) => boolean {
  const home = homeOf(glob)
  return ({ id }) => home(id) !== undefined
}

function crossing(report: BuildReport, { text, reason }: ResolvedLayer, step: ChainStep): Found {
  const way = wayTo(report, ({ id }) => id === step.importer)
  const target = report.modules[indexReport(report).indexOf.get(step.importee)!]!
  return {
    subject: step.importer,
    names: [step.importer, step.importee, ...(target.package === undefined ? [] : [target.package])],
    message: `\`${plainId(step.importer)}\` imports \`${plainId(step.importee)}\`: ${text}.${reason === undefined ? '' : ` ${reason}`}`,
    chain: [...way, step],
    bytes: costOf(report, step),
    fix: `Remove the import at ${formatPlace(step)}: move what both need to where both may import from, or turn the dependency round.`,
  }
}
