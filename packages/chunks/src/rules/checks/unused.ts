import { cleanId, type BuildReport, type ChunkEntry } from '@paceline/build-graph'
import type { UnreferencedFile } from '../facts/rule-facts.ts'
import { bytesOfFiles, wayTo } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

/** Emitted chunks and assets that nothing refers to. */
export const unused: Rule<'unused'> = {
  name: 'unused',
  check({ report, unreferenced }) {
    const reached = new Set(report.routes.flatMap(({ firstLoad }) => firstLoad.files))
    const queue = new Set([...report.chunks.filter(({ entry }) => entry).map(({ file }) => file), ...reached])
    const chunks = new Map(report.chunks.map((chunk) => [chunk.file, chunk]))
    // Grows while it is walked.
    for (const file of queue) {
      const chunk = chunks.get(file)
      for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? []), ...(chunk?.css ?? [])])
        queue.add(next)
    }
    const emitted = new Set(report.files.map(({ file }) => file))
    return unreferenced.flatMap((orphan) => {
      if (!emitted.has(orphan.file)) return []
      const chunk = chunks.get(orphan.file)
      // A chunk that only its name in some code calls (a worker, an import map) is not unused.
      return chunk !== undefined && queue.has(orphan.file) ? [] : [found(report, orphan, chunk)]
    })
  },
}

function found(report: BuildReport, { file, source }: UnreferencedFile, chunk: ChunkEntry | undefined): Found {
  const module = chunk?.facade ?? source
  const chain = module === undefined ? [] : wayTo(report, ({ id }) => id === module || cleanId(id) === module)
  return {
    subject: file,
    names: chunk === undefined ? [file] : [file, chunk.name],
    message: `\`${file}\` is emitted, but nothing refers to it.`,
    chain,
    bytes: bytesOfFiles(report, [file]),
    fix: fixOf(chunk, chain.length > 0),
  }
}

function fixOf(chunk: ChunkEntry | undefined, isImported: boolean): string {
  if (chunk?.facade) return `Remove the \`import()\` of \`${chunk.facade}\`, or the input that names it.`
  if (isImported) return 'Remove the import of the file, which is not used.'
  return 'No import leads to it: a plugin has emitted it. Turn that off, or use the file.'
}
