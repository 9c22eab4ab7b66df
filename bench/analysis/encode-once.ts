import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encoders, encodings } from '@paceline/kit'
import type { Plugin } from 'vite'

/** Encodes every file of the finished build once, as Paceline's report needs it, and throws the result away. */
export function encodeOnce(): Plugin {
  let outDir = ''
  return {
    name: 'bench:encode-once',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
        const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
        for (const file of files) {
          const content = await readFile(file)
          await Promise.all(encodings.map((encoding) => encoders[encoding].encode(content)))
        }
      },
    },
  }
}
