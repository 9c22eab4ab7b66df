import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

let known: Readonly<Record<string, string>> | undefined
let knownSvgo: string | undefined

/**
 * The versions of sharp and of the libraries in it, from the file that sharp takes them from: loading libvips takes longer than a build with
 * a full cache may cost. A sharp that was built on this machine is asked itself.
 */
export function libraryVersions(): Readonly<Record<string, string>> {
  return (known ??= readVersions())
}

function readVersions(): Record<string, string> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('sharp')
  const folder = join(dirname(entry), '..')
  const fromFile = existsSync(join(folder, 'src/build')) ? undefined : prebuilt(entry)
  if (fromFile === undefined) return (require('sharp') as { versions: Record<string, string> }).versions
  return { ...fromFile, sharp: versionBeside(entry) }
}

/** The version of svgo, which takes longer to load still. */
export function svgoVersion(): string {
  return (knownSvgo ??= versionBeside(createRequire(import.meta.url).resolve('svgo')))
}

/** Of a package whose entry lies in a folder of it. */
function versionBeside(entry: string): string {
  const manifest = readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** @param entry of sharp, which finds its parts from there */
function prebuilt(entry: string): Record<string, string> | undefined {
  const require = createRequire(entry)
  const { platform, arch } = process
  const names = [
    `sharp-libvips-${platform}-${arch}`,
    `sharp-libvips-${platform}musl-${arch}`,
    `sharp-${platform}-${arch}`,
  ]
  for (const name of names) {
    try {
      return require(`@img/${name}/versions`) as Record<string, string>
    } catch {
      // Of another platform.
    }
  }
  return undefined
}
