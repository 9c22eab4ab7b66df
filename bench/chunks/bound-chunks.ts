import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encoders } from '@paceline/kit'
import type { Plugin } from 'vite'
import { stripGlue } from './strip-glue.ts'

const LIST = 'bound.json'
export const BOUND = 'bound'

/** Notes which files hold the chunk called {@link BOUND} and what it imports. Nothing else of such a build is looked at. */
export function listChunks(reportDir: string): Plugin {
  return {
    name: 'bench:list-chunks',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
      )
      const files = [...chunks.values()].filter(({ name }) => name === BOUND).map(({ fileName }) => fileName)
      for (const file of files) {
        for (const imported of chunks.get(file)?.imports ?? []) if (!files.includes(imported)) files.push(imported)
      }
      writeFileSync(join(reportDir, LIST), JSON.stringify(files))
    },
  }
}

/**
 * Brotli bytes of a route's own modules in one file, without a statement that only joins chunks.
 *
 * @throws {Error} When the build has no such chunk.
 */
export async function boundBytes({ outDir, reportDir }: { outDir: string; reportDir: string }): Promise<number> {
  const files: readonly string[] = JSON.parse(readFileSync(join(reportDir, LIST), 'utf8'))
  if (files.length === 0)
    throw new Error('`bound` has no chunk; received a build without one. Look at the ids of its modules.')
  // An entry that is left with nothing but imports is taken out by Vite when the document is written.
  const written = files.map((file) => join(outDir, file)).filter((file) => existsSync(file))
  const code = written.map((file) => stripGlue(readFileSync(file, 'utf8'))).join('\n')
  return (await encoders.brotli.encode(Buffer.from(code))).length
}
