import {
  formatPlace,
  indexReport,
  plainId,
  shortestChain,
  type BuildReport,
  type ChainStep,
  type PackageEntry,
} from '@paceline/build-graph'
import { formatBytes } from '@paceline/kit'
import { bytesOf } from '../loads.ts'
import { moduleMatcher } from '../../match-modules.ts'
import type { Found, Rule } from '../rule.ts'
import { sharedStatePackages } from '../shared-state-packages.ts'

interface Copy {
  readonly version: string
  readonly path: string
  readonly bytes: number
  /** The import from outside that brings this copy in, and the way to it. */
  readonly chain: readonly ChainStep[]
}

/** Packages that are bundled more than once. */
export const duplicates: Rule<'duplicates'> = {
  name: 'duplicates',
  check({ report }, { only, above }) {
    const wanted = only ? moduleMatcher(only) : () => true
    return report.packages.flatMap((entry) => {
      if (!entry.duplicates || !wanted({ id: entry.name, package: entry.name })) return []
      const copies = copiesOf(report, entry).filter(({ bytes }) => bytes > 0)
      const waste = copies.slice(1).reduce((sum, { bytes }) => sum + bytes, 0)
      return copies.length < 2 || waste < above ? [] : [duplicate(entry, copies, waste)]
    })
  },
  unmatched({ report }, { only = [] }) {
    // The packages that are meant without any option are not in every app.
    if (only === sharedStatePackages) return []
    const names = report.packages.map(({ name }) => name)
    return only
      .filter((pattern) => !names.some((name) => moduleMatcher([pattern])({ id: name, package: name })))
      .map((pattern) => ({ option: `chunks.duplicates.only '${pattern}'`, among: names }))
  },
}

function duplicate({ name }: PackageEntry, copies: readonly Copy[], waste: number): Found {
  const versions = new Set(copies.map(({ version }) => version))
  const wants = copies.map(
    ({ version, bytes, chain }) => `${version} (${formatBytes(bytes)}) wanted by ${wanter(chain)}`,
  )
  const what = versions.size > 1 ? `in ${copies.length} versions` : `${copies.length} times in one version`
  return {
    subject: name,
    message: `\`${name}\` is bundled ${what}: ${wants.join('; ')}.`,
    chain: copies[1]!.chain,
    bytes: waste,
    fix:
      versions.size > 1
        ? `Bring them to one version (\`npm ls ${name}\`), with \`overrides\` where a range allows it.`
        : `Install it once (\`npm dedupe\`), or name it in Vite's \`resolve.dedupe\`.`,
  }
}

/** Biggest first: the others are what is too much. */
function copiesOf(report: BuildReport, { name, duplicates: places = [] }: PackageEntry): Copy[] {
  const { importers } = indexReport(report)
  return places
    .map(({ version, path }) => {
      const inside = (id: string): boolean => id.startsWith(`${path}/`)
      // A copy nested in this one is not this one.
      const others = places.filter((place) => place.path !== path && place.path.startsWith(`${path}/`))
      const own = (id: string): boolean => inside(id) && !others.some((other) => id.startsWith(`${other.path}/`))
      const bytes = report.modules.reduce(
        (sum, module) => (module.package === name && own(module.id) ? sum + bytesOf(report, module.id) : sum),
        0,
      )
      const entered = (position: number): boolean =>
        (importers[position] ?? []).some((from) => !own(report.modules[from]!.id))
      const chain = shortestChain(
        report,
        (module) => own(module.id) && entered(indexReport(report).indexOf.get(module.id) ?? -1),
      )
      return { version, path, bytes, chain: chain ?? [] }
    })
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
}

/** Who imports a copy: a package by its name, the app by the line. */
function wanter(chain: readonly ChainStep[]): string {
  const last = chain.at(-1)
  if (!last) return 'nobody that imports it by name'
  const owner = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(last.importer)?.[1]
  return owner === undefined ? formatPlace(last) : `\`${plainId(owner)}\``
}
