import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publishedPackages } from '../../scripts/checks/published-packages.ts'
import { npmCommand } from '../../scripts/lib/npm.mjs'
import { root } from '../../scripts/lib/root.mjs'
import { run } from '../../scripts/lib/run.ts'

/** One of our packages as npm would publish it. */
export interface Tarball {
  readonly name: string
  /** What its package.json says, which a registry passes on. */
  readonly manifest: Manifest
  /** Absolute. */
  readonly file: string
}

export interface Manifest {
  readonly name: string
  readonly version: string
}

/**
 * Packs everything that is published, as `npm publish` would. The packages have to be built.
 *
 * @param folder where the tarballs go
 * @throws {Error} when npm cannot pack one
 */
export async function packPackages(folder: string): Promise<Tarball[]> {
  await mkdir(folder, { recursive: true })
  const folders = publishedPackages().map((published) => join(root, published.folder))
  const { command, prefix, shell } = npmCommand()
  const args = ['pack', '--workspaces=false', '--silent', '--pack-destination', folder, ...folders]
  const { code, stdout } = await run(command, [...prefix, ...args], { quiet: true, shell })
  if (code !== 0) throw new Error(`\`npm pack\` ended with ${code}:\n${stdout}`)
  return await Promise.all(
    folders.map(async (packageFolder) => {
      const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as Manifest
      const { name, version } = manifest
      return { name, manifest, file: join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`) }
    }),
  )
}
