import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a package.json says, for those who check the type of what they need: nobody else has. */
export type PackageManifest = Readonly<Record<string, unknown>>

/**
 * The package.json of a directory.
 *
 * @returns nothing where there is none that can be read; whoever cannot do without it has to say so
 */
export function readManifest(directory: string): PackageManifest | undefined {
  const file = join(directory, 'package.json')
  // Most directories have none, and an error costs more than a look.
  if (!existsSync(file)) return undefined
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof manifest === 'object' && manifest !== null ? (manifest as PackageManifest) : undefined
  } catch {
    return undefined
  }
}
