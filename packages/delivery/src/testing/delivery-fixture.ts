import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, zstdCompressSync } from 'node:zlib'
import { encoders } from '@paceline/kit'
import { writeFixture } from '@paceline/testkit'
import type { DeliveredDelta, DeliveredDocument, DeliveredFile, DeliveryManifest } from '../manifest.ts'
import { assignPolicies } from '../policy/assign-policies.ts'
import { mimeType } from '../policy/mime-type.ts'
import type { PolicyOverrides } from '../policy/policy-options.ts'

/** A file of a build that never was. */
export interface FixtureFile {
  readonly content: string | Uint8Array
  readonly hashed?: boolean
  /** Whether it has siblings in gzip, brotli and zstd. */
  readonly encoded?: boolean
  /** Contents of earlier releases that it has deltas against. */
  readonly before?: readonly string[]
  /** Other formats of a picture by their media types; anything stands for their bytes. */
  readonly formats?: Readonly<Record<string, string>>
  readonly archived?: true
  readonly dictionaryFor?: string
}

export interface FixtureOptions {
  readonly base?: string
  readonly documents?: readonly DeliveredDocument[]
  readonly fallback?: string
  readonly notFound?: string
  readonly policy?: PolicyOverrides
  /** A directory to write to. @default one of the test's own */
  readonly dir?: string
}

export interface DeliveryFixture {
  /** The output directory. */
  readonly dir: string
  readonly manifest: DeliveryManifest
}

/** Writes an output directory with siblings and deltas that decode, and gives the manifest that belongs to it. */
export async function writeDelivery(
  files: Readonly<Record<string, FixtureFile>>,
  { base = '/', documents = [], fallback, notFound, policy, dir: given }: FixtureOptions = {},
): Promise<DeliveryFixture> {
  const dir = given ?? (await writeFixture({}))
  const subjects = Object.entries(files).map(([file, { hashed = false }]) => ({ file, hashed }))
  const { policies, names } = assignPolicies(subjects, { overrides: policy })
  const delivered: DeliveredFile[] = []
  for (const [file, entry] of Object.entries(files)) {
    delivered.push(await writeFileOf(dir, file, entry, names.get(file)!))
  }
  const manifest: DeliveryManifest = {
    schemaVersion: 1,
    release: sha256(Buffer.from(JSON.stringify(files))).slice(0, 12),
    base,
    policies,
    files: delivered.sort((a, b) => (a.file < b.file ? -1 : 1)),
    documents,
    ...(fallback === undefined ? {} : { fallback }),
    ...(notFound === undefined ? {} : { notFound }),
  }
  return { dir, manifest }
}

async function writeFileOf(dir: string, file: string, entry: FixtureFile, policy: string): Promise<DeliveredFile> {
  const content = Buffer.from(entry.content)
  const write = async (name: string, bytes: Uint8Array): Promise<{ file: string; bytes: number }> => {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), bytes)
    return { file: name, bytes: bytes.byteLength }
  }
  await write(file, content)
  const encodings = []
  if (entry.encoded) {
    for (const { extension, contentEncoding, encode } of Object.values(encoders)) {
      encodings.push({ encoding: contentEncoding, ...(await write(file + extension, await encode(content))) })
    }
  }
  const formats = []
  for (const [type, text] of Object.entries(entry.formats ?? {})) {
    formats.push({ type, ...(await write(`${file}.${type.split('/')[1]}`, Buffer.from(text))) })
  }
  const deltas: DeliveredDelta[] = []
  for (const before of entry.before ?? []) {
    const dictionary = Buffer.from(before)
    const hash = sha256(dictionary)
    for (const encoding of ['dcb', 'dcz'] as const) {
      const name = `${file}.${hash.slice(0, 16)}.${encoding}`
      deltas.push({ encoding, dictionary: hash, ...(await write(name, delta(encoding, content, dictionary))) })
    }
  }
  const bySize = (a: { bytes: number }, b: { bytes: number }): number => a.bytes - b.bytes
  return {
    file,
    type: mimeType(file),
    bytes: content.byteLength,
    sha256: sha256(content),
    policy,
    hashed: entry.hashed ?? false,
    ...(entry.archived ? { archived: true } : {}),
    ...(encodings.length > 0 ? { encodings: encodings.sort(bySize) } : {}),
    ...(formats.length > 0 ? { formats: formats.sort(bySize) } : {}),
    ...(deltas.length > 0 ? { deltas: deltas.sort(bySize) } : {}),
    ...(entry.dictionaryFor === undefined ? {} : { dictionaryFor: entry.dictionaryFor }),
  }
}

const MAGIC = { dcb: 'ff444342', dcz: '5e2a4d1820000000' }

/** The formats of RFC 9842: a magic number, the hash of the dictionary, the stream. */
function delta(encoding: 'dcb' | 'dcz', content: Buffer, dictionary: Buffer): Buffer {
  // The types of Node do not know yet that brotli takes one.
  const withDictionary = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 }, dictionary }
  const stream =
    encoding === 'dcb'
      ? brotliCompressSync(content, withDictionary)
      : zstdCompressSync(content, { dictionary, pledgedSrcSize: content.byteLength })
  return Buffer.concat([Buffer.from(MAGIC[encoding], 'hex'), Buffer.from(sha256(dictionary), 'hex'), stream])
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

const lines = (seed: number): string =>
  Array.from({ length: 120 }, (_, line) => `export const value${line} = '${(line * 7919 * seed) % 100_003}'`).join('\n')

/** A single-page app with a release before it, a font, a picture in three formats and public files. */
export const smallSite: Readonly<Record<string, FixtureFile>> = {
  'index.html': {
    content: `<!doctype html><html lang="en"><title>Small</title>${'<p>Shell</p>'.repeat(100)}<script type="module" src="/assets/index-AAAA1111.js"></script></html>`,
    encoded: true,
  },
  'assets/index-AAAA1111.js': {
    content: `${lines(3)}\nexport const edited = 'now'`,
    hashed: true,
    encoded: true,
    before: [`${lines(3)}\nexport const edited = 'before'`],
    dictionaryFor: '/assets/index-*.js',
  },
  'assets/index-0000BBBB.js': {
    content: `${lines(3)}\nexport const edited = 'before'`,
    hashed: true,
    encoded: true,
    archived: true,
    dictionaryFor: '/assets/index-*.js',
  },
  'assets/main-CCCC2222.css': { content: `${'body { color: #123456 }\n'.repeat(80)}`, hashed: true, encoded: true },
  'assets/inter-DDDD3333.woff2': { content: 'wOF2 in name only', hashed: true },
  'assets/sum-EEEE4444.wasm': { content: '\0asm in name only', hashed: true },
  'photo.jpg': {
    content: 'a photograph in JPEG, larger than in other formats',
    formats: { 'image/avif': 'in AVIF', 'image/webp': 'in WebP, larger' },
  },
  'favicon.svg': { content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
  'manifest.webmanifest': { content: '{"name":"Small"}' },
  'robots.txt': { content: 'User-agent: *\n' },
  'sw.js': { content: `self.addEventListener('fetch', () => {})\n${lines(5)}`, encoded: true },
  'speculation-0123456789ab.speculationrules': { content: '{"prefetch":[]}', hashed: true },
  'with space $id.txt': { content: 'A name that servers have to quote.' },
}

/** What goes with {@link smallSite}. */
export const smallSiteOptions: FixtureOptions = {
  fallback: 'index.html',
  documents: [
    {
      pattern: '/',
      file: 'index.html',
      links: ['</assets/index-AAAA1111.js>; rel=modulepreload', '</assets/main-CCCC2222.css>; rel=preload; as=style'],
      speculationRules: 'speculation-0123456789ab.speculationrules',
    },
    { pattern: '/notes/:noteId', file: 'index.html', links: ['</assets/index-AAAA1111.js>; rel=modulepreload'] },
  ],
}

/** A single-page app of so many hashed files in one directory, and what else is given. */
export function manyFiles(
  count: number,
  own: Readonly<Record<string, FixtureFile>> = {},
): Readonly<Record<string, FixtureFile>> {
  const assets = Array.from({ length: count }, (_, index) => [
    `assets/c-${(index * 7919) % 10_007}.js`,
    { content: `${index}`, hashed: true },
  ])
  return { 'index.html': { content: 'Shell' }, ...Object.fromEntries(assets), ...own }
}
