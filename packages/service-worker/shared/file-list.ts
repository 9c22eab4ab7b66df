import type { LaterFile, PrecacheEntry } from './manifest.ts'

/** What a worker knows of the files of its release. */
export interface FileList {
  readonly precache: readonly PrecacheEntry[]
  readonly later: readonly LaterFile[]
}

type Format = NonNullable<PrecacheEntry['format']>

const LETTERS = { avif: 'a', webp: 'w', other: 'x' } as const
const FORMATS = Object.fromEntries(Object.entries(LETTERS).map(([format, letter]) => [letter, format])) as Record<
  string,
  Format
>

/** name, digest, bytes where it is of the precache, `r` without a hash in its name, `o` optional, number of the picture and its format */
const ROW = /^(\S+) (\S+)(?: (\d+))?(?: (r?)(o?)(?:(\d+)([awx]))?)?$/

/**
 * The files as they stand in the worker: a line for each, below the name of its folder. All of it is downloaded with every update, so nothing is
 * said twice.
 */
export function writeFileList({ precache, later }: FileList): string {
  const folders = new Map<string, string[]>()
  const pictures = new Map<string, number>()
  const rows = [
    ...precache.map((file) => ({ ...file, size: ` ${file.bytes}` })),
    ...later.map((file) => ({ ...file, isHashed: true, size: '' })),
  ]
  for (const { url, digest, size, ...file } of rows.toSorted((a, b) => (a.url < b.url ? -1 : 1))) {
    const cut = url.lastIndexOf('/') + 1
    const { isHashed, group, format } = file
    if (group !== undefined && !pictures.has(group)) pictures.set(group, pictures.size)
    const picture = group === undefined ? '' : `${pictures.get(group)!}${LETTERS[format ?? 'other']}`
    const flags = `${isHashed ? '' : 'r'}${'optional' in file && file.optional ? 'o' : ''}${picture}`
    const lines = folders.get(url.slice(0, cut)) ?? []
    folders.set(url.slice(0, cut), lines)
    lines.push(`${url.slice(cut)} ${digest}${size}${flags && ` ${flags}`}`)
  }
  return [...folders].flatMap(([folder, lines]) => [folder || '/', ...lines]).join('\n')
}

/** @param text as {@link writeFileList} writes it */
export function readFileList(text: string): FileList {
  const precache: PrecacheEntry[] = []
  const later: LaterFile[] = []
  let folder = ''
  for (const line of text.split('\n')) {
    const row = ROW.exec(line)
    if (!row) {
      folder = line === '/' ? '' : line
      continue
    }
    const [, name, digest, bytes, revised, optional, group, letter] = row
    const file = {
      url: `${folder}${name}`,
      digest: digest!,
      ...(group === undefined ? {} : { group, format: FORMATS[letter!]! }),
    }
    if (bytes === undefined) later.push(file)
    else {
      const isHashed = revised !== 'r'
      precache.push({ ...file, isHashed, bytes: Number(bytes), ...(optional === 'o' ? { optional: true } : {}) })
    }
  }
  return { precache, later }
}
