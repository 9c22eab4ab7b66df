import { readdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { encoders, encodings } from '@paceline/kit'
import type { Plugin } from 'vite'

/** What cannot be done faster with these encoders: all of the work on all cores, the most expensive of it first, and no check of anything. */
export function floor(outDir: string, include: RegExp, threshold: number): Plugin {
  return {
    name: 'bench:floor',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
        const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
        const files = await Promise.all(
          paths.filter((path) => include.test(path)).map(async (path) => ({ path, content: await readFile(path) })),
        )
        const bySize = files
          .filter(({ content }) => content.byteLength >= threshold)
          .sort((a, b) => b.content.byteLength - a.content.byteLength)
        // brotli takes several times as long as zstd, and that several times as long as gzip.
        const jobs = (['brotli', 'zstd', 'gzip'] satisfies (typeof encodings)[number][]).flatMap((encoding) =>
          bySize.map(({ path, content }) => ({ path, content, ...encoders[encoding] })),
        )
        const next = jobs.values()
        const work = async (): Promise<void> => {
          for (const { path, content, encode, extension } of next) {
            const stream = await encode(content)
            if (stream.byteLength < content.byteLength) await writeFile(path + extension, stream)
          }
        }
        await Promise.all(Array.from({ length: availableParallelism() }, work))
      },
    },
  }
}
