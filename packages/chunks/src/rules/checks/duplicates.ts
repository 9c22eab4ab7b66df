import {
  formatPlace,
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

/** Wanters that a message names of one copy. */
const SHOWN = 3

interface Copy {
  readonly version: string
  readonly path: string
  readonly bytes: number
  /** Every import from outside that brings this copy in. */
  readonly wanters: readonly ChainStep[]
  /** The shortest way to one of them. */
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
    ({ version, bytes, wanters }) => `${version} (${formatBytes(bytes)}) wanted by ${listOf(wanters)}`,
  )
  const inVersions = versions.size === copies.length ? '' : `, ${copies.length} copies`
  const what = versions.size > 1 ? `in ${versions.size} versions${inVersions}` : `${copies.length} times in one version`
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
      const wanters = stepsInto(report, own)
      const entrances = new Set(wanters.map(({ importee }) => importee))
      const chain = shortestChain(report, ({ id }) => entrances.has(id))
      return { version, path, bytes, wanters: nearestFirst(wanters, chain?.at(-1)), chain: chain ?? [] }
    })
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
}

/** The imports that lead into a part of the graph. */
function stepsInto({ modules }: BuildReport, inside: (id: string) => boolean): ChainStep[] {
  return modules.flatMap(({ id, imports }) =>
    inside(id)
      ? []
      : imports.flatMap(({ to, line }) => {
          const importee = modules[to]?.id
          if (importee === undefined || !inside(importee)) return []
          return [{ importer: id, ...(line === undefined ? {} : { line }), importee }]
        }),
  )
}

function nearestFirst(wanters: readonly ChainStep[], nearest: ChainStep | undefined): ChainStep[] {
  const isNearest = ({ importer, importee }: ChainStep): boolean =>
    importer === nearest?.importer && importee === nearest.importee
  return [...wanters.filter(isNearest), ...wanters.filter((step) => !isNearest(step))]
}

/** Who imports a copy: packages by their names, the app by the line. */
function listOf(wanters: readonly ChainStep[]): string {
  const names = [...new Set(wanters.map(wanter))]
  if (names.length === 0) return 'nobody that imports it by name'
  const rest = names.length - SHOWN
  return rest > 1 ? `${names.slice(0, SHOWN).join(', ')} and ${rest} more` : names.join(', ')
}

function wanter(step: ChainStep): string {
  const owner = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(step.importer)?.[1]
  return owner === undefined ? formatPlace(step) : `\`${plainId(owner)}\``
}
