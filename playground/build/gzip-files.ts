import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(?:css|html|js|svg)$/

/** `.gz` beside every text of the build, at the level that servers use when they compress by themselves (zlib's 6). */
export function gzipFiles(): Plugin {
  return {
    name: 'lumen:gzip-files',
    async writeBundle({ dir }, bundle) {
      const files = Object.keys(bundle).filter((file) => TEXT.test(file))
      await Promise.all(
        files.map(async (file) => {
          const path = join(dir!, file)
          await writeFile(`${path}.gz`, await promisify(gzip)(await readFile(path)))
        }),
      )
    },
  }
}
