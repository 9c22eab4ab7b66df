import { plainId } from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { bytesOf, wayTo } from '../loads.ts'
import { legacyModule, supports } from '../facts/legacy-features.ts'
import type { Found, Rule } from '../rule.ts'

/** Polyfills and helpers for browsers that `build.target` leaves out. */
export const legacy: Rule<'legacy'> = {
  name: 'legacy',
  check({ report, targets, texts }, { above }) {
    const polyfills = new Map<string, { bytes: number; count: number; first: string; feature: string }>()
    for (const { id, package: owner } of report.modules) {
      const feature = legacyModule(id)
      if (feature === undefined || !supports(targets, feature)) continue
      const subject = owner ?? id
      const { bytes, count, first } = polyfills.get(subject) ?? { bytes: 0, count: 0, first: id }
      polyfills.set(subject, { bytes: bytes + bytesOf(report, id), count: count + 1, first, feature: feature.name })
    }
    const heavy = [...polyfills].flatMap(([subject, { bytes, count, first, feature }]): Found[] => {
      if (bytes < above) return []
      const what = count === 1 ? feature : `${feature} and ${count - 1} more`
      return [
        {
          subject,
          message: `\`${plainId(subject)}\` brings ${formatBytes(bytes)} for ${what}, which every browser of \`build.target\` has.`,
          chain: wayTo(report, ({ id }) => id === first),
          bytes,
          fix: 'Remove the import, or take a build of the package for current browsers.',
        },
      ]
    })
    return [...heavy, ...helpers(report, texts)]
  },
}

/** Helpers that a compiler wrote into the code of a package: how much of the rest they have made bigger, nobody knows. */
function helpers(
  report: Parameters<typeof legacy.check>[0]['report'],
  texts: Parameters<typeof legacy.check>[0]['texts'],
): Found[] {
  const bySubject = new Map<string, { names: Set<string>; module: string | undefined; file: string }>()
  const owners = new Map(report.modules.map(({ id, package: owner }) => [id, owner]))
  for (const { kind, file, module, detail } of texts) {
    // A module that is a helper as a whole has been counted above.
    if (kind !== 'legacy' || (module !== undefined && legacyModule(module) !== undefined)) continue
    const subject = (module === undefined ? undefined : owners.get(module)) ?? module ?? file
    const entry = bySubject.get(subject) ?? { names: new Set(), module, file }
    bySubject.set(subject, { ...entry, names: entry.names.add(detail) })
  }
  return [...bySubject].map(([subject, { names, module, file }]) => ({
    subject,
    names: [subject, file, ...(module === undefined ? [] : [module])],
    message: `\`${plainId(subject)}\` is compiled for older browsers than \`build.target\`: ${[...names].join(', ')} in \`${file}\`.`,
    chain: wayTo(report, ({ id }) => id === module),
    fix: 'Take a build of the package for current browsers; for code of your own, raise the target of its compiler.',
  }))
}
