import type { BuildReport, ModuleEntry } from '@paceline/build-graph'
import { nearest } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'

/** A package, or one module. */
export interface WhySubject {
  readonly kind: 'package' | 'module'
  readonly name: string
  readonly matches: (module: ModuleEntry) => boolean
}

/**
 * What a name means: a package, a module by its path, or the one module whose path ends in it.
 *
 * @throws `PACELINE_WHY_UNKNOWN` with the nearest names, `PACELINE_WHY_AMBIGUOUS`
 */
export function findSubject({ modules }: BuildReport, written: string): WhySubject {
  const name = written.replace(/^\.\//, '').replaceAll('\\', '/')
  if (modules.some((module) => module.package === name)) {
    return { kind: 'package', name, matches: (module) => module.package === name }
  }
  const exact = modules.find(({ id }) => id === name || id === `\0${name}`)
  const found = exact
    ? [exact]
    : modules.filter(({ id }) => withoutQuery(id) === name || withoutQuery(id).endsWith(`/${name}`))
  const [only] = found
  if (only && found.length === 1) return { kind: 'module', name: only.id, matches: (module) => module === only }
  if (found.length > 1) throw cliError('PACELINE_WHY_AMBIGUOUS', [written, found.slice(0, 8).map(({ id }) => id)])
  throw cliError('PACELINE_WHY_UNKNOWN', [written, nearNames(modules, name)])
}

function withoutQuery(id: string): string {
  return id.replace(/\?.*$/, '')
}

/** Names that hold the text, or one that is spelt almost like it; whole names and bare file names count. */
function nearNames(modules: readonly ModuleEntry[], name: string): string[] {
  const packages = [...new Set(modules.flatMap((module) => module.package ?? []))]
  const ids = modules.flatMap((module) => (module.package === undefined ? [module.id] : []))
  const known = [...packages, ...ids]
  const holding = known.filter((candidate) => candidate.toLowerCase().includes(name.toLowerCase()))
  const bare = new Map(known.map((candidate) => [candidate.replace(/^.*\//, '').replace(/\.\w+$/, ''), candidate]))
  const spelt =
    nearest(name, known) ?? bare.get(nearest(name.replace(/^.*\//, '').replace(/\.\w+$/, ''), [...bare.keys()]) ?? '')
  const near = [...new Set([...(spelt === undefined ? [] : [spelt]), ...holding])]
  return (near.length > 0 ? near : packages).slice(0, 6)
}
