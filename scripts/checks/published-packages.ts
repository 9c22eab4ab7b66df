import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'
import { workspaceFolders } from '../lib/workspaces.mjs'

export interface PublishedPackage {
  readonly name: string
  /** Relative to the root, with `/`. */
  readonly folder: string
  /** Entry points that are code, by their name in `exports`: `.`, `./client`. */
  readonly entries: ReadonlyMap<string, string>
}

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** The workspaces that are published, sorted by folder. */
export function publishedPackages(): PublishedPackage[] {
  return workspaceFolders(root)
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ name: manifest.name, folder, entries: codeEntries(manifest) }))
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}

/** The JavaScript of each entry point; `exports` may give it plainly or under conditions. */
export function codeEntries({ exports = {} }: Pick<Manifest, 'exports'>): Map<string, string> {
  const entries = Object.entries(exports).map(([entry, target]) => [
    entry,
    typeof target === 'string' ? target : (target['import'] ?? target['default'] ?? ''),
  ])
  return new Map(entries.filter((entry): entry is [string, string] => /\.m?js$/.test(entry[1] ?? '')))
}
