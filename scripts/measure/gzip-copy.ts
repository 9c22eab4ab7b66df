import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const TEXT = /\.(?:css|html|js|svg)$/

/** Copies a build, with a `.gz` beside every text at the level that servers use when they compress by themselves (zlib's 6). */
export async function gzipCopy(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true })
  const files = await readdir(to, { recursive: true })
  const compress = promisify(gzip)
  for (const file of files.filter((name) => TEXT.test(name))) {
    await writeFile(`${join(to, file)}.gz`, await compress(await readFile(join(to, file))))
  }
}
