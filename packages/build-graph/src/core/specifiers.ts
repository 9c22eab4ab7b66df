import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import picomatch from 'picomatch'
import type { ImportEdge } from './build-input.ts'
import { cleanId, isVirtual, normalize, packageOf } from './paths.ts'

/** An import as written in a source file. */
export interface WrittenImport {
  readonly specifier: string
  /** 1-based. */
  readonly line: number
  readonly kind: 'static' | 'dynamic'
  /** It stands for every file that matches: `import.meta.glob`, a template in `import()`. */
  readonly glob?: true
}

/**
 * Finds the written imports behind the resolved ones of a module. Aliases, exports maps and extensions were resolved by the bundler in
 * ways not known here, so the specifier that agrees best with the resolved id wins: the same file for relative
 * ones, the same package for bare ones, the longest common tail for aliases (`@/pages/x` and `src/pages/x.tsx`). Each
 * stands for one module; what remains on both sides in equal number belongs together in the order of the source.
 *
 * @param nameOf the package of a module that lies outside of `node_modules`, for linked ones
 * @returns one for each edge, where it was found
 */
export function matchImports(
  importer: string,
  edges: readonly Pick<ImportEdge, 'id' | 'kind'>[],
  written: readonly WrittenImport[],
  nameOf: (id: string) => string | undefined = () => undefined,
): (WrittenImport | undefined)[] {
  const globs = new Map(written.flatMap((one) => (one.glob ? [[one, globTest(one.specifier, importer)]] : [])))
  const pairs = edges.flatMap(({ id, kind }, at) =>
    written.flatMap((candidate) => {
      const isOfGlob = globs.get(candidate)
      const likely = isOfGlob ? Number(isOfGlob(id)) * 700 : agreement(candidate.specifier, importer, id, nameOf(id))
      return likely === 0 ? [] : [{ at, candidate, score: likely * (candidate.kind === kind ? 1 : 0.5) }]
    }),
  )
  pairs.sort((a, b) => b.score - a.score)
  const found: (WrittenImport | undefined)[] = edges.map(() => undefined)
  const used = new Set<WrittenImport>()
  for (const { at, candidate } of pairs) {
    if (found[at] !== undefined || (used.has(candidate) && !candidate.glob)) continue
    found[at] = candidate
    used.add(candidate)
  }
  // A plugin may have made two of one.
  for (const { at, candidate } of pairs) found[at] ??= candidate
  pairRest(importer, edges, written, found)
  return found
}

/** Aliases say nothing of where they lead: `#imports`, `config`. Relative specifiers do, and types are not in the graph. */
function pairRest(
  importer: string,
  edges: readonly Pick<ImportEdge, 'id' | 'kind'>[],
  written: readonly WrittenImport[],
  found: (WrittenImport | undefined)[],
): void {
  const told = new Set(found.map((one) => one?.specifier))
  const aliases = new Map(
    written
      .filter(({ specifier, glob }) => !glob && !told.has(specifier) && !/^[./]/.test(specifier))
      .map((one) => [one.specifier, one]),
  )
  const isOwn = (id: string): boolean => !isVirtual(id) && !packageOf(id) && cleanId(id) !== cleanId(importer)
  for (const kind of ['static', 'dynamic'] as const) {
    const rest = edges.flatMap((edge, at) => (found[at] || edge.kind !== kind || !isOwn(edge.id) ? [] : [at]))
    const candidates = [...aliases.values()].filter((one) => one.kind === kind)
    if (rest.length === candidates.length) rest.forEach((at, position) => (found[at] = candidates[position]))
  }
}

/** The other way round: the module that a specifier was resolved to, among those the importer imports. */
export function matchModule(importer: string, specifier: string, imported: readonly string[]): string | undefined {
  let best: string | undefined
  let bestScore = 0
  for (const id of imported) {
    const score = agreement(specifier, importer, id)
    if (score > bestScore) {
      best = id
      bestScore = score
    }
  }
  return best
}

/** 0 = cannot be; larger = surer. */
function agreement(specifier: string, importer: string, resolved: string, name?: string): number {
  const score = pathAgreement(specifier.replace(/\?.*$/, ''), importer, resolved, name)
  return score > 0 && queryOf(specifier) === queryOf(resolved) ? score + 5 : score
}

function pathAgreement(wanted: string, importer: string, resolved: string, name: string | undefined): number {
  const target = withoutExtension(cleanId(normalize(resolved)))
  // What Vite puts in the place of Node's own modules says nothing of their names.
  if (/__vite-browser-external/.test(resolved)) return isBuiltin(wanted) ? 500 : 0
  if (wanted.startsWith('.') || wanted.startsWith('/')) {
    const path = wanted.startsWith('/') ? wanted : posix.join(directory(importer), wanted)
    const stem = withoutExtension(path)
    if (target === stem || target === path) return 1000
    if (target === `${stem}/index` || target.endsWith(stem)) return 900
    return 0
  }
  if (name !== undefined && (wanted === name || wanted.startsWith(`${name}/`))) return 100 + commonTail(wanted, target)
  // The last package in the path: `react/jsx-runtime` → `…/node_modules/react/jsx-runtime.js`.
  const packagePath = target.slice(target.lastIndexOf('/node_modules/') + '/node_modules/'.length)
  if (target.includes('/node_modules/')) {
    if (packagePath === withoutExtension(wanted)) return 800
    if (packagePath.startsWith(`${wanted}/`)) return 500 + wanted.length
    const owner = /^(?:@[^/]+\/)?[^/]+/.exec(wanted)?.[0]
    if (owner && packagePath.startsWith(`${owner}/`)) return 100 + commonTail(withoutExtension(wanted), target)
  }
  const tail = commonTail(withoutExtension(wanted.replace(/^[@#~$]+\/?/, '')), target)
  return tail >= Math.max(1, wanted.split('/').length - 1) ? 50 * tail : 0
}

function globTest(glob: string, importer: string): (id: string) => boolean {
  const folder = directory(importer).replace(/[\\()[\]{}!*?+@]/g, '\\$&')
  // The root, and where an alias leads, is somewhere above.
  const pattern = glob.startsWith('.') ? posix.join(folder, glob) : `/**/${glob.replace(/^(?:[@#~$][^/]*)?\//, '')}`
  const matches = picomatch(pattern, { dot: true })
  return (id) => matches(cleanId(normalize(id)))
}

function directory(importer: string): string {
  return posix.dirname(cleanId(normalize(importer)))
}

function queryOf(id: string): string {
  return /\?(.*)$/.exec(id)?.[1] ?? ''
}

function withoutExtension(path: string): string {
  return path.replace(/\.[A-Za-z0-9]+$/, '').replace(/\/index$/, '')
}

/** Path segments that two paths share at their ends. */
function commonTail(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  let count = 0
  while (count < left.length && count < right.length && left.at(-1 - count) === right.at(-1 - count)) count++
  return count
}
