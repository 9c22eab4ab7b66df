import type { Source, Sources } from './sources.ts'

/** What people do to an app between two plans. */
export type Edit = 'add file' | 'add page' | 'add import' | 'remove import' | 'remove file' | 'make eager' | 'make lazy'

export const edits: readonly Edit[] = [
  'add file',
  'add page',
  'add import',
  'remove import',
  'remove file',
  'make eager',
  'make lazy',
]

/**
 * Changes the sources at random.
 *
 * @param mayImport false for imports that no tool could tell from those that were there without being used
 */
export function editSources(
  sources: Sources,
  edit: Edit,
  random: () => number,
  mayImport: (from: string, to: string) => boolean,
): void {
  const keys = [...sources.keys()]
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? keys[0]!
  const from = pick(keys)
  const source = sources.get(from)!
  const link = (a: string, b: string): void => {
    const { imports } = sources.get(a)!
    if (a !== b && !imports.includes(b) && mayImport(a, b)) imports.push(b)
  }
  if (edit === 'add import') link(from, pick(keys))
  if (edit === 'remove import') remove(source.imports, pick(source.imports))
  if (edit === 'remove file' && !source.entry) removeFile(sources, from)
  if (edit === 'make lazy') {
    const target = pick(source.imports)
    if (remove(source.imports, target)) source.dynamicImports.push(target)
  }
  if (edit === 'make eager') {
    const lazy = keys.filter((key) => sources.get(key)!.dynamicImports.length > 0)
    const holder = pick(lazy)
    const { dynamicImports } = sources.get(holder)!
    const target = pick(dynamicImports)
    if (mayImport(holder, target) && remove(dynamicImports, target)) link(holder, target)
  }
  if (edit === 'add file' || edit === 'add page') {
    const key = `src/new-${keys.length}-${Math.floor(random() * 1e6)}.ts`
    const added: Source = { imports: [], mentions: [], dynamicImports: [], entry: false }
    sources.set(key, added)
    for (let count = Math.floor(random() * 4); count > 0; count--) link(key, pick(keys))
    if (edit === 'add page') source.dynamicImports.push(key)
    else link(from, key)
    if (random() < 0.4) link(pick(keys), key)
  }
}

function remove(list: string[], item: string): boolean {
  const at = list.indexOf(item)
  if (at !== -1) list.splice(at, 1)
  return at !== -1
}

function removeFile(sources: Sources, key: string): void {
  sources.delete(key)
  for (const { imports, mentions, dynamicImports } of sources.values()) {
    for (const list of [imports, mentions, dynamicImports]) remove(list, key)
  }
}
