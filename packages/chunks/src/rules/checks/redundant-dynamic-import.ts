import {
  formatPlace,
  indexReport,
  plainId,
  shortestChain,
  staticReach,
  type BuildReport,
  type ChainStep,
  type ModuleEntry,
} from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { costIn, costTogether, initialLoad, pageLoads, staticClosure, type RuleLoad } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

/** An `import()` that loads nothing, since the module is where the import is: something imports it statically too. */
export const redundantDynamicImport: Rule<'redundantDynamicImport'> = {
  name: 'redundantDynamicImport',
  check({ report }) {
    const found = new Map<string, Found>()
    report.modules.forEach((importer) => {
      // What packages and generated modules do to themselves is nobody's to mend.
      if (importer.package !== undefined || importer.id.startsWith('virtual:')) return
      for (const { to, kind, line } of importer.imports) {
        const target = report.modules[to]
        if (kind !== 'dynamic' || !target || found.has(target.id)) continue
        const step = { importer: importer.id, ...(line === undefined ? {} : { line }), importee: target.id }
        const violation = redundant(report, importer, target, step)
        if (violation) found.set(target.id, violation)
      }
    })
    return together(report, [...found.values()])
  },
}

/** One file often imports many pages statically: what its imports cost all together is more than each costs alone. */
function together(report: BuildReport, found: readonly Found[]): Found[] {
  const groups = Map.groupBy(found, ({ chain }) => chain.at(-1)!.importer)
  return [...groups].flatMap(([importer, violations]) => {
    if (violations.length === 1) return violations
    const steps = violations.map(({ chain }) => chain.at(-1)!)
    const bytes = formatBytes(costTogether(report, initialLoad(report), steps))
    const all = `All ${violations.length} such imports of \`${plainId(importer)}\` together cost ${bytes}.`
    return violations.map((violation) => ({ ...violation, fix: `${violation.fix} ${all}` }))
  })
}

function redundant(
  report: BuildReport,
  importer: ModuleEntry,
  target: ModuleEntry,
  step: ChainStep,
): Found | undefined {
  const homes = filesOf(report, target)
  const there = filesOf(report, importer)
  if (homes.length === 0 || there.length === 0) return undefined
  const loaded = staticClosure(report, there)
  const pages = pagesWith(report, importer)
  if (!pages.every(({ files }) => homes.every((file) => loaded.has(file) || files.has(file)))) return undefined
  // Together in one chunk is no proof: only a static import makes them so whatever the chunks are.
  const chains = pages.map((page) => staticWay(report, page, importer, target))
  const chain = chains[0]
  if (!chain || chains.includes(undefined)) return undefined
  const last = chain.at(-1)!
  return {
    subject: target.id,
    names: target.package === undefined ? [target.id] : [target.id, target.package],
    message: `\`${plainId(target.id)}\` is imported with \`import()\` at ${formatPlace(step)} and statically at ${formatPlace(last)}: it is not lazy.`,
    chain,
    bytes: costIn(report, initialLoad(report), { module: target.id }),
    fix: `Make the import at ${formatPlace(last)} lazy too, or write a static one at ${formatPlace(step)}.`,
  }
}

/** Where the code of a module is; for one that left none (it only re-exports), the chunk that answers for it. */
function filesOf(report: BuildReport, { id }: ModuleEntry): string[] {
  const shares = (indexReport(report).shares.get(id) ?? []).filter(({ file }) => !file.endsWith('.css'))
  if (shares.length > 0) return shares.map(({ file }) => file)
  return report.chunks.filter(({ facade, kind }) => facade === id && kind === 'js').map(({ file }) => file)
}

/** By static imports from where the page starts, or from the very module that imports it lazily. */
function staticWay(
  report: BuildReport,
  { ways }: RuleLoad,
  importer: ModuleEntry,
  target: ModuleEntry,
): ChainStep[] | undefined {
  const isTarget = ({ id }: ModuleEntry): boolean => id === target.id
  const chain =
    shortestChain(report, isTarget, ways) ?? shortestChain(report, isTarget, { ...ways, roots: [importer.id] })
  return chain && chain.length > 0 ? chain : undefined
}

/** What one page loads at once, another may load later: each page that gets to the import counts by itself. */
function pagesWith(report: BuildReport, { id }: ModuleEntry): readonly RuleLoad[] {
  const pages = pageLoads(report)
  if (pages.length < 2) return pages
  const having = pages.filter((page) => reachOf(report, page).has(id))
  return having.length > 0 ? having : [initialLoad(report)]
}

const reached = new WeakMap<RuleLoad, Set<string>>()

function reachOf(report: BuildReport, page: RuleLoad): Set<string> {
  const known = reached.get(page) ?? staticReach(report, page.scope.roots, ['static', 'dynamic'])
  reached.set(page, known)
  return known
}
