import { basename, dirname } from 'node:path'
import { readManifest } from '@paceline/kit'

/** What people call the app: the name in the nearest package.json, else that of its directory. */
export function appName(root: string): string {
  for (let directory = root; ; directory = dirname(directory)) {
    const name = readManifest(directory)?.['name']
    if (typeof name === 'string') return name
    if (dirname(directory) === directory) return basename(root)
  }
}
