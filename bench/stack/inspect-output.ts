import { readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { listFiles } from '@paceline/kit'
import { ask } from './ask.ts'
import { readPrecache } from './precache.ts'
import type { Release } from './releases.ts'

/** What is wrong with the files of a build, seen from outside: by asking its server. */
export interface OutputFindings {
  readonly files: number
  /** Texts from {@link LEAST} bytes on that are sent as they are, whatever the browser accepts. */
  readonly uncompressed: readonly FoundFile[]
  readonly images: number
  /** Images that no other file of the build names. */
  readonly unusedImages: readonly FoundFile[]
  /** JPEG and PNG files for which a browser can get neither AVIF nor WebP. */
  readonly plainImages: readonly FoundFile[]
  /** Absent where there is no service worker. */
  readonly precache?: PrecacheFindings
}

export interface PrecacheFindings {
  readonly files: number
  /** As stored. */
  readonly bytes: number
  /** As sent to a browser that knows brotli. */
  readonly sent: number
  /** Of these, what no page, script or stylesheet of the build names. */
  readonly unneeded: readonly FoundFile[]
}

export interface FoundFile {
  readonly file: string
  readonly bytes: number
}

/** Below that, headers outweigh what compressing saves; it is the default of both tools. */
const LEAST = 1024
const TEXTS = new Set([
  '.html',
  '.css',
  '.js',
  '.mjs',
  '.json',
  '.svg',
  '.webmanifest',
  '.xml',
  '.txt',
  '.map',
  '.wasm',
])
const IMAGES = new Set(['.avif', '.webp', '.jpg', '.jpeg', '.png', '.gif', '.svg', '.ico'])
const PLAIN = new Set(['.jpg', '.jpeg', '.png'])
/** Browsers and crawlers ask for these by themselves. */
const WELL_KNOWN = new Set(['favicon.ico', 'robots.txt', 'index.html'])
/** Lists of everything: that a file is in there does not say that somebody needs it. */
const LISTS = /^(?:sw\.js|workbox-.+\.js|paceline-releases\.json)$/

/** Looks through the files of a release that is being served. */
export async function inspectOutput(release: Release, origin: string): Promise<OutputFindings> {
  const { dist } = release
  const files = (await listFiles(dist)).filter((file) => !/\.(?:br|gz|zst|dcb|dcz)$/.test(file))
  const found = files.map((file) => ({ file, bytes: statSync(join(dist, file)).size }))
  const namers = files.filter((file) => TEXTS.has(extname(file)) && !LISTS.test(basename(file)))
  const texts = new Map(namers.map((file) => [file, readFileSync(join(dist, file), 'utf8')]))
  const isNamed = ({ file }: FoundFile): boolean => {
    // `x.jpg.avif` is what the server sends for `x.jpg`.
    const name = basename(file).replace(/(\.\w+)\.(?:avif|webp)$/, '$1')
    return WELL_KNOWN.has(name) || [...texts].some(([other, text]) => other !== file && text.includes(name))
  }
  const images = found.filter(({ file }) => IMAGES.has(extname(file)))
  return {
    files: files.length,
    uncompressed: await keepAsync(found, async (one) => isText(one) && (await isSentAsItIs(origin, one))),
    images: images.length,
    unusedImages: images.filter((image) => !isNamed(image)),
    plainImages: await keepAsync(
      images,
      async (image) =>
        PLAIN.has(extname(image.file)) && image.bytes >= LEAST && !(await hasModern(origin, image, files)),
    ),
    ...(await precacheFindings(release, origin, isNamed)),
  }
}

async function precacheFindings(
  release: Release,
  origin: string,
  isNamed: (file: FoundFile) => boolean,
): Promise<{ readonly precache?: PrecacheFindings }> {
  const entries = readPrecache(release)
  if (entries === undefined) return {}
  const stored = entries.map((file) => ({ file, bytes: statSync(join(release.dist, file)).size }))
  let sent = 0
  for (const { file } of stored) sent += (await ask(origin, file, { 'accept-encoding': 'gzip, br' })).bytes
  const bytes = stored.reduce((sum, one) => sum + one.bytes, 0)
  return { precache: { files: stored.length, bytes, sent, unneeded: stored.filter((one) => !isNamed(one)) } }
}

function isText({ file, bytes }: FoundFile): boolean {
  return bytes >= LEAST && TEXTS.has(extname(file))
}

async function isSentAsItIs(origin: string, { file }: FoundFile): Promise<boolean> {
  const { status, encoding } = await ask(origin, file, { 'accept-encoding': 'gzip, br' })
  // What cannot be had is not sent at all: lists for other tools, say.
  return status === 200 && encoding === undefined
}

/** By another file of the same name, hashes and widths apart, or because the server answers with one. */
async function hasModern(origin: string, { file }: FoundFile, files: readonly string[]): Promise<boolean> {
  const stem = stemOf(file)
  if (files.some((other) => /\.(?:avif|webp)$/.test(other) && stemOf(other) === stem)) return true
  const { type } = await ask(origin, file, { accept: 'image/avif,image/webp,*/*' })
  return /^image\/(?:avif|webp)/.test(type)
}

function stemOf(file: string): string {
  return basename(file, extname(file))
    .replace(/-[\w-]{8}$/, '')
    .replace(/-\d+$/, '')
}

async function keepAsync<Item>(items: readonly Item[], keep: (item: Item) => Promise<boolean>): Promise<Item[]> {
  const kept: Item[] = []
  for (const item of items) if (await keep(item)) kept.push(item)
  return kept
}
