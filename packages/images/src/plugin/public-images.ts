import { join, posix, relative } from 'node:path'
import { listFiles, writeAtomic } from '@paceline/kit'
import type { ResolvedConfig } from 'vite'
import { formatOfName } from '../encode/image-format.ts'
import type { ImageLibrary } from '../image-library.ts'
import { publicSiblings } from './public-siblings.ts'

/** Writes better formats beside the public pictures of a finished build, and takes private metadata out of its copies of them. */
export async function writePublicSiblings(
  library: ImageLibrary,
  { publicDir }: Pick<ResolvedConfig, 'publicDir'>,
  outDir: string,
): Promise<void> {
  if (publicDir === '') return
  const names = (await listFiles(publicDir)).filter((name) => formatOfName(name) !== undefined)
  await Promise.all(
    names.map(async (name) => {
      const { files = [], cleaned } = (await publicSiblings(library, join(publicDir, name))) ?? {}
      const copy = cleaned ? [{ extension: '', bytes: cleaned }] : []
      await Promise.all(
        [...copy, ...files].map(({ extension, bytes }) => writeAtomic(join(outDir, name + extension), bytes)),
      )
    }),
  )
}

/**
 * The URL of a public file in the finished site, as a page names it.
 *
 * @param path with a `/` in front
 * @param page absolute path of the page
 * @returns nothing where `renderBuiltUrl` decides, when the file is there: servers choose by `Accept` then
 */
export function publicUrlOf(
  { base, root, experimental }: Pick<ResolvedConfig, 'base' | 'root' | 'experimental'>,
  path: string,
  page: string,
): string | undefined {
  if (experimental.renderBuiltUrl) return undefined
  if (base !== '' && base !== './') return base + path.slice(1)
  const folder = posix.dirname(relative(root, page).replaceAll('\\', '/'))
  return posix.join(posix.relative(folder, '.'), path.slice(1))
}
