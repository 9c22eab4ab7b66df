import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Use } from './app-facts.ts'

const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|html|mdx?|css|scss)$/
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'coverage', '.git', '.paceline', 'storybook-static'])

const PWA_MODULE = /['"](virtual:pwa-[\w/-]+)['"]/
const IMAGE_QUERY = /['"(]([^'"()\s]+\.(?:avif|gif|heic|heif|jpe?g|png|tiff?|webp)\?([^'"()\s]+))['")]/
/** Queries of Vite and of Paceline. */
const OWN_QUERY = /^(?:raw|inline|url|no-inline|picture)\b/
const REFERENCE = /^[ \t]*\/\/\/\s*<reference\s+types=["']((?:vite-plugin-pwa|vite-imagetools)(?:\/[\w-]+)?)["']\s*\/>/
/** Places where tools are started that are in no package.json. */
const CI_FILE = /^(?:\.github\/workflows\/.*\.ya?ml|\.gitlab-ci\.yml|\.husky\/[\w-]+)$/
const CI_TOOL = /\b(size-limit(?:-action)?|bundlewatch|lhci|lighthouse-ci(?:-action)?)\b/

/** A `/// <reference types="…" />` of a package. */
export interface TypeReference extends Use {
  readonly file: string
}

/** What the sources of an app say of tools. Places are relative to the directory. */
export interface Scan {
  readonly pwaModules: readonly Use[]
  readonly imageQueries: readonly Use[]
  readonly references: readonly TypeReference[]
  readonly ci: readonly Use[]
}

/** Reads the sources below a directory, packages and outputs left out. */
export async function scanSources(directory: string, outDir: string): Promise<Scan> {
  const scan = {
    pwaModules: [] as Use[],
    imageQueries: [] as Use[],
    references: [] as TypeReference[],
    ci: [] as Use[],
  }
  for (const file of await filesBelow(directory, outDir)) {
    const isSource = SOURCE.test(file)
    if (!isSource && !CI_FILE.test(file)) continue
    const lines = (await readFile(join(directory, file), 'utf8')).split('\n')
    for (const [index, line] of lines.entries()) {
      const at = `${file}:${index + 1}`
      if (isSource) scanLine(line, at, file, scan)
      else scanCi(line, at, scan.ci)
    }
  }
  return scan
}

function scanLine(
  line: string,
  at: string,
  file: string,
  { pwaModules, imageQueries, references }: { pwaModules: Use[]; imageQueries: Use[]; references: TypeReference[] },
): void {
  const pwa = PWA_MODULE.exec(line)
  if (pwa) pwaModules.push({ at, what: pwa[1]! })
  const image = IMAGE_QUERY.exec(line)
  if (image && !OWN_QUERY.test(image[2]!) && !/^https?:/.test(image[1]!)) imageQueries.push({ at, what: image[1]! })
  const reference = REFERENCE.exec(line)
  if (reference) references.push({ at, file, what: reference[1]! })
}

function scanCi(line: string, at: string, ci: Use[]): void {
  const tool = CI_TOOL.exec(line)
  if (tool) ci.push({ at, what: tool[1]! })
}

async function filesBelow(directory: string, outDir: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(directory, below), { withFileTypes: true }).catch(() => [])
  const nested = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const file = below + entry.name
      if (entry.isFile()) return [file]
      if (!entry.isDirectory() || SKIPPED.has(entry.name) || file === outDir) return []
      return filesBelow(directory, outDir, `${file}/`)
    }),
  )
  return nested.flat().toSorted()
}
