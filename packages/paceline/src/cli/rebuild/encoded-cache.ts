import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { contentHash, listFiles, ownFiles } from '@paceline/build-graph'
import { encoders, encodings } from '@paceline/kit'
import pMap from 'p-map'
import type { Plugin } from 'vite'

/**
 * Puts compressed siblings beside every file of a rebuild, which is where the build graph looks for them. Each content
 * is encoded once for all rebuilds of a command: two builds of one app differ in few files, and encoding is what costs.
 */
export function encodedCache(cache: string, outDir: string): Plugin {
  return {
    name: 'paceline:encoded-cache',
    enforce: 'post',
    applyToEnvironment: (environment) => environment.config.consumer === 'client',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await mkdir(cache, { recursive: true })
        const listed = await listFiles(outDir)
        const known = new Set(listed)
        await pMap(ownFiles(listed), (file) => addSiblings(join(outDir, file), file, known, cache), {
          concurrency: availableParallelism(),
        })
      },
    },
  }
}

async function addSiblings(path: string, file: string, known: ReadonlySet<string>, cache: string): Promise<void> {
  const content = await readFile(path)
  const hash = contentHash(content)
  for (const encoding of encodings) {
    const { extension, encode } = encoders[encoding]
    if (known.has(file + extension)) continue
    const stored = join(cache, hash + extension)
    if (!existsSync(stored)) await writeFile(stored, await encode(content))
    await copyFile(stored, path + extension)
  }
}
