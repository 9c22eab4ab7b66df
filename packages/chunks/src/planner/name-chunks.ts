import type { LiveGraph, LiveModule } from '../live-graph.ts'
import type { ChunkPlan } from '../plan.ts'
import { bytesOf } from './change.ts'
import type { Partition } from './partition.ts'
import type { Reach } from './reach.ts'

/** Share of a chunk's bytes that has to agree with an earlier chunk for its name to be taken over. */
const SAME_CHUNK = 0.5

/** Names that say nothing without the directory around them. */
const VAGUE = new Set([
  'index',
  'page',
  'route',
  'routes',
  'layout',
  'main',
  'view',
  'components',
  'component',
  'src',
  'lib',
  'lazy',
])

/**
 * A name for every chunk: what the user or an earlier plan calls it, else the page it is for, else the package or
 * directory most of its bytes are from. Unique, and the same for the same modules.
 *
 * @param fixed Chunk → name that is given already.
 */
export function nameChunks(
  graph: LiveGraph,
  reach: Reach,
  partition: Partition,
  fixed: readonly (string | undefined)[],
  previous: ChunkPlan | undefined,
): string[] {
  const names: (string | undefined)[] = [...fixed]
  const taken = new Set(fixed.filter((name) => name !== undefined))
  const roots = new Set(reach.roots)
  for (const [chunk, name] of inherited(graph, partition, fixed, previous)) {
    if (taken.has(name)) continue
    names[chunk] = name
    taken.add(name)
  }
  for (const [chunk, modules] of partition.chunks.entries()) {
    if (names[chunk] !== undefined) continue
    const name = unique(ownName(graph, modules, roots), taken)
    names[chunk] = name
    taken.add(name)
  }
  return names as string[]
}

function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}-${number}`)) number++
  return `${name}-${number}`
}

/** Pairs of a chunk and the name of an earlier one that most bytes of either agree with, the best agreement first. */
function inherited(
  graph: LiveGraph,
  partition: Partition,
  fixed: readonly (string | undefined)[],
  previous: ChunkPlan | undefined,
): [chunk: number, name: string][] {
  if (previous === undefined) return []
  const nameOf = new Map(
    previous.chunks
      .filter(({ kind }) => kind !== 'group')
      .flatMap(({ name, modules }) => modules.map((key) => [key, name] as const)),
  )
  const known = new Map<string, number>()
  for (const { key, size } of graph.modules) {
    const name = nameOf.get(key)
    if (name !== undefined) known.set(name, (known.get(name) ?? 0) + size.brotli)
  }
  const pairs = partition.chunks.flatMap((indices, chunk) => {
    if (fixed[chunk] !== undefined) return []
    const modules = indices.map((index) => graph.modules[index] as LiveModule)
    const own = bytesOf(modules)
    return [...bytesBy(modules, ({ key }) => nameOf.get(key))]
      .filter(([name, bytes]) => bytes > SAME_CHUNK * Math.min(own, known.get(name) as number))
      .map(([name, bytes]) => ({ chunk, name, bytes }))
  })
  const used = new Set<number>()
  return pairs
    .sort((a, b) => b.bytes - a.bytes || a.chunk - b.chunk || (a.name < b.name ? -1 : 1))
    .filter(({ chunk }) => !used.has(chunk) && used.add(chunk))
    .map(({ chunk, name }) => [chunk, name])
}

function ownName(graph: LiveGraph, indices: readonly number[], roots: ReadonlySet<number>): string {
  const modules = indices.map((index) => graph.modules[index] as LiveModule)
  const pages = indices.filter((index) => roots.has(index)).map((index) => graph.modules[index] as LiveModule)
  const page = heaviest(bytesBy(pages, ({ id }) => id))
  if (page !== undefined) return nameOfFile(page) || 'shared'
  const owner = heaviest(bytesBy(modules, ({ package: name, id }) => name ?? directoryOf(id)))
  const byPackage = modules.some((module) => module.package === owner)
  return byPackage ? slug(owner as string) : nameOfDirectory(owner ?? '') || 'shared'
}

function bytesBy(
  modules: readonly LiveModule[],
  keyOf: (module: LiveModule) => string | undefined,
): Map<string, number> {
  const bytes = new Map<string, number>()
  for (const module of modules) {
    const key = keyOf(module)
    if (key !== undefined) bytes.set(key, (bytes.get(key) ?? 0) + module.size.brotli)
  }
  return bytes
}

function heaviest(bytes: ReadonlyMap<string, number>): string | undefined {
  return [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0]
}

function directoryOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')))
}

function nameOfFile(id: string): string {
  const path = id.replace(/[?#].*$/u, '')
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.\w+$/u, '')
  const name = slug(stem)
  return VAGUE.has(name) || name === '' ? joinNames(nameOfDirectory(directoryOf(path)), name) : name
}

function nameOfDirectory(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  const last = slug(parts[parts.length - 1] ?? '')
  return VAGUE.has(last) && parts.length > 1 ? joinNames(slug(parts[parts.length - 2] as string), last) : last
}

function joinNames(outer: string, inner: string): string {
  return [outer, inner].filter((part) => part !== '' && part !== 'src').join('-')
}

/** Letters, digits and dashes: safe in a file name and in a URL. */
function slug(text: string): string {
  return text
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1-$2')
    .replaceAll(/[^A-Za-z\d]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .toLowerCase()
}
