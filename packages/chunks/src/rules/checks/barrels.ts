import { indexReport, plainId, type BuildReport, type ModuleEntry } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { chainInto, costIn, initialLoad, routeLoad, type RuleLoad } from '../loads.ts'
import { fixAt, isInstalled, ownImports } from '../own-imports.ts'
import type { Found, Rule } from '../rule.ts'

/** Modules that only re-export, and through which one import drags in much: what it needed and all the rest. */
export const barrels: Rule<'barrels'> = {
  name: 'barrels',
  check({ report, barrels: ids }, { above }) {
    const loads = [initialLoad(report), ...report.routes.map((route) => routeLoad(report, route))]
    const { importers } = indexReport(report)
    return report.modules.flatMap((module, position) => {
      if (!ids.has(module.id)) return []
      // Only who imports it can choose another way: what packages import of packages is theirs.
      const chosen = importers[position]!.some((from) => !isInstalled(report.modules[from]!.id))
      if (isInstalled(module.id) && !chosen) return []
      const worst = heaviest(report, loads, module)
      return worst && worst.bytes > above ? [drags(report, module, worst, above)] : []
    })
  },
}

/** The load that loses most without the barrel. */
function heaviest(
  report: BuildReport,
  loads: readonly RuleLoad[],
  { id }: ModuleEntry,
): { load: RuleLoad; bytes: number } | undefined {
  const costs = loads.map((load) => ({ load, bytes: costIn(report, load, { module: id }) }))
  return costs.toSorted((a, b) => b.bytes - a.bytes)[0]
}

function drags(
  report: BuildReport,
  { id, package: owner, imports: edges }: ModuleEntry,
  { load, bytes }: { load: RuleLoad; bytes: number },
  above: number,
): Found {
  const isBarrel = (module: ModuleEntry): boolean => module.id === id
  const imports = ownImports(report, load, isBarrel)
  const parts = new Set(edges.map(({ to }) => to)).size
  return {
    subject: id,
    names: owner === undefined ? [id] : [id, owner],
    message: `\`${plainId(id)}\` re-exports ${parts} modules, and brings ${formatBytes(bytes)} into ${load.label}, limit ${formatBytes(above)}.`,
    chain: chainInto(report, load, isBarrel),
    bytes,
    fix: `${fixAt(imports, () => 'Import from the modules themselves')}${imports.indirect.length > 0 ? '. Or' : ', or'} mark the re-exported ones as free of side effects.`,
  }
}
