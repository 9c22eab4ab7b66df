import type { Rule } from '../rule.ts'

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
    const sizes = new Map(report.files.map(({ file, brotli }) => [file, brotli]))
    const silent = new Set(unreferenced)
    return report.files.flatMap(({ file }) => {
      const chunk = chunks.get(file)
      // A chunk that only its name in some code calls (a worker, an import map) is not unused.
      const orphan = silent.has(file) && (chunk === undefined || !queue.has(file))
      if (!orphan) return []
      return [
        {
          subject: file,
          names: chunk === undefined ? [file] : [file, chunk.name],
          message: `\`${file}\` is emitted, but nothing refers to it.`,
          chain: [],
          bytes: sizes.get(file) ?? 0,
          fix: chunk?.facade
            ? `Remove the \`import()\` of \`${chunk.facade}\`, or the input that names it.`
            : 'Remove the import of the file, which is not used.',
        },
      ]
    })
  },
}
