import { posix } from 'node:path'
import type { SyntaxNode } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import { awaitedImports } from './awaited-imports.ts'

/**
 * Finds the files of the chunks that a module loads with `import()` and waits for at its top level. The code of modules names chunks as
 * they are called before their content is known.
 *
 * @param parse is called only for code that has an `await` and an `import()`
 */
export function findAwaited(
  chunks: readonly Rollup.OutputChunk[],
  chunkOf: ReadonlyMap<string, Rollup.OutputChunk>,
  parse: (code: string) => SyntaxNode,
): (module: string) => readonly string[] {
  const files = new Map(chunks.map(({ preliminaryFileName, fileName }) => [preliminaryFileName, fileName]))
  return (id) => {
    const chunk = chunkOf.get(id)
    const code = chunk?.modules[id]?.code ?? ''
    if (!chunk || !/\bawait\b/.test(code) || !code.includes('import(')) return []
    const directory = posix.dirname(chunk.preliminaryFileName)
    return [...awaitedImports(parse(code))].flatMap((source) => files.get(posix.join(directory, source)) ?? [])
  }
}
