import type { BuildReport } from '@paceline/build-graph'

type File = readonly [file: string, hash: string, brotli: number]

/** The parts of a report that the bench reads: files, a chunk per `.js` file with a module of 10 bytes per letter of its hash. */
export function fakeReport(files: readonly File[], routes: Readonly<Record<string, readonly string[]>>): BuildReport {
  const kind = (file: string): string => (file.endsWith('.html') ? 'html' : 'js')
  const modules = (letters: string): object[] =>
    ['[bundler]', ...letters].map((id) => ({ id, raw: 1, gzip: 1, brotli: 10 }))
  return {
    files: files.map(([file, hash, brotli]) => ({ file, hash, brotli, kind: kind(file) })),
    chunks: files.map(([file, hash]) => ({ file, kind: kind(file), modules: modules(hash) })),
    routes: Object.entries(routes).map(([id, list]) => ({ id, firstLoad: { files: list } })),
  } as unknown as BuildReport
}
