import { createReadStream } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join, sep } from 'node:path'
import { listFiles } from '@paceline/kit'
import type { DeliveredEncoding, DeliveredFile, DeliveryManifest } from '../../manifest.ts'
import { assignPolicies } from '../../policy/assign-policies.ts'
import { mimeType } from '../../policy/mime-type.ts'
import { openInside } from './open-inside.ts'
import { isAsPromised } from './verify-form.ts'

const SIBLINGS = { '.br': 'br', '.gz': 'gzip', '.zst': 'zstd' } as const

/** What is known of a directory that nobody wrote a manifest for. */
export interface ScanOptions {
  /** Where the app is mounted. @default '/' */
  readonly base?: string
}

/**
 * Makes a careful manifest of a directory: files beside which a compressed one lies that decodes to them, names with hashes where Vite's
 * manifest tells of them, and a fallback only where there is one page.
 */
export async function scanDist(dir: string, { base = '/' }: ScanOptions = {}): Promise<DeliveryManifest> {
  const root = await realpath(dir)
  const names = (await listFiles(root)).filter(isPublic)
  const hashed = await hashedFiles(root)
  const known = new Set(names)
  const files: Omit<DeliveredFile, 'policy'>[] = []
  const siblings = new Set<string>()
  for (const file of names) {
    if (siblingOf(file, known) !== undefined) continue
    const content = await contentOf(root, file)
    if (!content) continue
    const encodings = await encodingsOf(root, file, content, known)
    for (const encoding of encodings) siblings.add(encoding.file)
    const more = encodings.length > 0 ? { encodings } : {}
    files.push({ file, type: mimeType(file), hashed: hashed.has(file), ...content, ...more })
  }
  // A sibling that decodes to something else is a file like any other: a download, say.
  for (const file of names) {
    if (siblingOf(file, known) === undefined || siblings.has(file)) continue
    const content = await contentOf(root, file)
    if (content) files.push({ file, type: mimeType(file), hashed: false, ...content })
  }
  return manifestOf(files, base)
}

function manifestOf(files: readonly Omit<DeliveredFile, 'policy'>[], base: string): DeliveryManifest {
  const sorted = files.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const { policies, names } = assignPolicies(sorted)
  const pages = sorted.filter(({ type, file }) => type.startsWith('text/html') && file !== '404.html')
  const release = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 12)
  return {
    schemaVersion: 1,
    release,
    base,
    policies,
    files: sorted.map((file) => ({ ...file, policy: names.get(file.file)! })),
    documents: [],
    ...(pages.length === 1 && pages[0]!.file === 'index.html' ? { fallback: 'index.html' } : {}),
    ...(sorted.some(({ file }) => file === '404.html') ? { notFound: '404.html' } : {}),
  }
}

/** Names with a dot in front are for tools, but for those that the web knows (RFC 8615). */
function isPublic(file: string): boolean {
  return file.split('/').every((part) => !part.startsWith('.') || part === '.well-known')
}

function siblingOf(file: string, known: ReadonlySet<string>): string | undefined {
  const extension = Object.keys(SIBLINGS).find((extension) => file.endsWith(extension))
  const original = extension === undefined ? undefined : file.slice(0, -extension.length)
  return original !== undefined && known.has(original) ? original : undefined
}

async function contentOf(root: string, file: string): Promise<{ bytes: number; sha256: string } | undefined> {
  const path = await realpath(join(root, file)).catch(() => undefined)
  if (!path?.startsWith(root + sep)) return undefined
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

async function encodingsOf(
  root: string,
  file: string,
  content: { readonly bytes: number; readonly sha256: string },
  known: ReadonlySet<string>,
): Promise<DeliveredEncoding[]> {
  const found: DeliveredEncoding[] = []
  for (const [extension, encoding] of Object.entries(SIBLINGS)) {
    const sibling = file + extension
    const opened = known.has(sibling) ? await openInside(root, sibling) : undefined
    if (!opened) continue
    const bytes = opened.stats.size
    const form = { file: sibling, bytes, type: '', coding: encoding, etag: '' }
    if (await isAsPromised(opened.handle, form, content)) found.push({ encoding, file: sibling, bytes })
    await opened.handle.close()
  }
  return found.sort((a, b) => a.bytes - b.bytes)
}

/** Files that Vite named after their content, from `build.manifest`; none where there is no such file. */
async function hashedFiles(root: string): Promise<Set<string>> {
  const hashed = new Set<string>()
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, '.vite/manifest.json'), 'utf8'))
    for (const chunk of Object.values(manifest as Record<string, unknown>)) {
      const { file, css = [], assets = [] } = chunk as { file?: unknown; css?: unknown[]; assets?: unknown[] }
      for (const name of [file, ...css, ...assets]) if (typeof name === 'string' && looksHashed(name)) hashed.add(name)
    }
  } catch {
    // Without it nothing is kept for long: slower, never wrong.
  }
  return hashed
}

/** Options may give names without a hash; Vite's are eight letters at the end. */
function looksHashed(file: string): boolean {
  return /[-.][\w-]{8,}\.\w+$/.test(file)
}
