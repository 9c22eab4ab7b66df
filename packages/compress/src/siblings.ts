import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { encoders, writeAtomic, type Encoding } from '@paceline/kit'
import type { ResolvedCompressOptions } from './options.ts'

/** Text and other files that shrink. Images, fonts (woff2) and media are compressed already; source maps are not served to visitors. */
export const COMPRESSIBLE: RegExp =
  /\.(?:html?|css|m?js|cjs|json|webmanifest|svg|xml|txt|md|csv|ya?ml|toml|wasm|ttf|otf|eot|ico)$/

/**
 * Makes sure that every compressible file of a directory has its siblings and that each decodes to its file: what a
 * bundler hook could not see, or saw before it was final, is compressed now. A sibling that would not be smaller than its file
 * is not kept; one that is right is, whoever made it.
 *
 * @param isForeign whether an absolute path is somebody else's: the output of a server environment inside this one
 */
export async function finishSiblings(
  dir: string,
  options: ResolvedCompressOptions,
  isForeign: (path: string) => boolean,
): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const known = new Set(files)
  await Promise.all(
    files
      .filter((file) => COMPRESSIBLE.test(file) && !isForeign(file))
      .flatMap((file) => options.algorithms.map((encoding) => finish(file, encoding, known, options.threshold))),
  )
}

async function finish(file: string, encoding: Encoding, known: ReadonlySet<string>, threshold: number): Promise<void> {
  const { extension, encode, decode } = encoders[encoding]
  const sibling = file + extension
  const content = await readFile(file)
  const isPresent = known.has(sibling)
  if (isPresent) {
    const decoded = await decode(await readFile(sibling)).catch(() => undefined)
    if (decoded?.equals(content)) return
  }
  const stream = content.byteLength < threshold ? undefined : await encode(content)
  if (stream === undefined || stream.byteLength >= content.byteLength) {
    if (isPresent) await rm(sibling)
    return
  }
  await writeAtomic(sibling, stream)
}
