import { readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { comparablePath, isInside, listFiles, pathInside } from '@paceline/kit'
import type { EmittedPictures } from './emitted-pictures.ts'
import { formatOfName } from './encode/image-format.ts'

export interface SearchedApp {
  /** Absolute. */
  readonly root: string
  /** Absolute; empty when there is none. */
  readonly publicDir: string
  /** Absolute. */
  readonly outDir: string
  /** Absolute paths of the modules that the build is made from. */
  readonly modules: ReadonlySet<string>
  /** Absolute paths of other pictures that the build has used. */
  readonly used: Iterable<string>
}

/** What the build left. */
export interface FinishedOutput {
  /** Everything in it, relative to it, with `/`. */
  readonly names: readonly string[]
  readonly pictures: EmittedPictures
}

/** Files whose text may name a public picture. */
const TEXT = /\.(?:html?|css|m?js|json|webmanifest|xml|txt|svg)$/

/**
 * Pictures of the app that nothing names: those beside its modules that no module, page or stylesheet has asked for, and public ones whose name
 * stands nowhere in the output. A name that is put together while the app runs cannot be seen.
 *
 * @returns absolute paths, sorted
 */
export async function findUnused(app: SearchedApp, { names, pictures }: FinishedOutput): Promise<string[]> {
  const { root, publicDir, outDir, modules } = app
  const beside = await Promise.all([...foldersOf(root, modules)].map((folder) => picturesIn(join(root, folder))))
  const open = await picturesIn(publicDir)
  const candidates = withoutKnown(beside.flat(), app)
  if (candidates.length + open.length === 0) return []
  const named = await textOf(outDir, names)
  const copies = new Set(open.map((file) => relative(publicDir, file).replaceAll('\\', '/')))
  const isEmitted = await Promise.all(candidates.map((file) => isInOutput(file, pictures, copies, named)))
  const unused = [
    ...candidates.filter((_, position) => !isEmitted[position]),
    ...open.filter((file) => !named.includes(basename(file)) && !named.includes(encodeURI(basename(file)))),
  ]
  return [...new Set(unused)].toSorted()
}

/** Files that nobody asked for, neither public nor built. Vite writes paths of modules otherwise than Node writes those that it found. */
export function withoutKnown(
  files: readonly string[],
  { publicDir, outDir, modules, used }: Omit<SearchedApp, 'root'>,
): string[] {
  const known = new Set([...modules, ...used].map(comparablePath))
  return files.filter(
    (file) => !known.has(comparablePath(file)) && !isInside(file, publicDir) && !isInside(file, outDir),
  )
}

/** The first folders below the root that modules of the app come from: `src`. Pictures elsewhere (docs, tests) are not the app's. */
export function foldersOf(root: string, modules: Iterable<string>): Set<string> {
  const parts = [...modules].flatMap((file) => {
    const inside = pathInside(file, root)
    return inside === undefined ? [] : [inside.split('/')]
  })
  const own = parts.filter(([folder, ...rest]) => rest.length > 0 && folder !== 'node_modules')
  return new Set(own.map(([folder]) => folder!))
}

/** Inlined files are not larger than this, unless somebody asks for it. */
const LARGEST_INLINED = 16_384

/**
 * What Vite has emitted or inlined by itself: `new URL('./photo.jpg', import.meta.url)`, and everything in workers.
 *
 * @param copies of public files, by their names in the output: those do not count
 */
async function isInOutput(
  file: string,
  pictures: EmittedPictures,
  copies: ReadonlySet<string>,
  text: string,
): Promise<boolean> {
  // Most files have the size of none, and need not be read, however large they are.
  const { size } = await stat(file)
  if (size > LARGEST_INLINED && !pictures.hasSize(size)) return false
  const bytes = await readFile(file)
  if (bytes.byteLength <= LARGEST_INLINED && text.includes(bytes.toString('base64'))) return true
  return pictures.withBytes(bytes).some((name) => !copies.has(name))
}

async function picturesIn(dir: string): Promise<string[]> {
  if (dir === '') return []
  const names = await listFiles(dir)
  return names
    .filter((name) => formatOfName(name) !== undefined && !/(?:^|\/)node_modules\//.test(name))
    .map((name) => join(dir, name))
}

async function textOf(dir: string, names: readonly string[]): Promise<string> {
  const texts = await Promise.all(
    names.filter((name) => TEXT.test(name)).map((name) => readFile(join(dir, name), 'utf8')),
  )
  return texts.join('\n')
}
