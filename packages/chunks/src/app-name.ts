import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What people call the app: the name in the nearest package.json, else that of its directory. */
export function appName(root: string): string {
  for (let directory = root; ; directory = dirname(directory)) {
    const name = nameIn(join(directory, 'package.json'))
    if (name !== undefined) return name
    if (dirname(directory) === directory) return basename(root)
  }
}

function nameIn(file: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}
