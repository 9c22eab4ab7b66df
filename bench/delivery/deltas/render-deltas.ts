import { formatBytes } from '@paceline/kit'
import type { Machine } from '../../lib/machine.ts'
import { table } from '../../lib/render-units.ts'
import type { DeltaResults, MeasuredChange } from './measure-deltas.ts'
import { sumOf } from './bytes.ts'
import type { MeasuredEdit } from './measure-edits.ts'

/** Of the results, the section about deltas. */
export function renderDeltas(
  { chromium, edits, changes, costs }: DeltaResults,
  date: string,
  machine: Machine,
): string {
  const both = costs.cpu.dcb + costs.cpu.dcz
  return `# Deltas

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}. The playground, built release after release with \`delivery()\`; brotli 11 against the smaller of \`dcb\` and \`dcz\`.

One line edited, each edit on top of the one before, as \`paceline serve\` sends what changed over HTTP/2: the contents alone, and everything that arrives, headers and frames included, on a connection that has carried the page.

${table(['edited', 'files', 'brotli', 'delta', 'share', 'brotli, with headers', 'delta, with headers', 'share'], editRows(edits))}

${floors(edits)}

The same in Chromium ${chromium}, which has visited the release before, over HTTP/1.1 (it offers no dictionary over a certificate that nobody signed), as \`Network.loadingFinished\` counts; brotli with an empty cache. The page names the files of its release, so every deploy changes it, and it comes in brotli each time: it counts in the last column alone.

${table(['edited', 'visited', 'brotli', 'delta', 'share', 'brotli, with headers', 'delta, with headers', 'share', 'the page', 'share with the page'], visitRows(edits))}

${table(['change', 'changed files', 'brotli', 'deltas', 'share', 'worst route'], changes.map(changeRow))}

A file without a delta counts in brotli. The last column is the route where deltas save least.

${costs.deltas} deltas of ${costs.files} files against ${costs.releases} releases (React and four single lines apart) take ${time(both)} of CPU: ${time(costs.cpu.dcb)} for \`dcb\`, ${time(costs.cpu.dcz)} for \`dcz\`. Brotli 11 takes ${time(costs.brotli)} for the same files: ${percent(both / costs.brotli)}.
`
}

function editRows(edits: readonly MeasuredEdit[]): string[][] {
  const rows = edits.map((edit) => [edit.source.slice(edit.source.lastIndexOf('/') + 1), ...cells(edit)])
  const total = {
    files: edits.reduce((sum, { files }) => sum + files, 0),
    brotli: sumOf(edits.map(({ brotli }) => brotli)),
    delta: sumOf(edits.map(({ delta }) => delta)),
  }
  return [...rows, ['all of them', ...cells(total)]]
}

function cells({ files, brotli, delta }: Pick<MeasuredEdit, 'brotli' | 'delta' | 'files'>): string[] {
  return [String(files), ...shares({ brotli, delta })]
}

/** In brotli, as a delta and the share of it: the contents alone, then all that arrives. */
function shares({ brotli, delta }: Pick<MeasuredEdit, 'brotli' | 'delta'>): string[] {
  return (['body', 'wire'] as const).flatMap((what) => [
    formatBytes(brotli[what]),
    formatBytes(delta[what]),
    percent(delta[what] / brotli[what]),
  ])
}

function visitRows(edits: readonly MeasuredEdit[]): string[][] {
  return edits.map(({ source, chromium: { path, page, brotli, delta } }) => [
    source.slice(source.lastIndexOf('/') + 1),
    path,
    ...shares({ brotli, delta }),
    formatBytes(page.body),
    percent((delta.body + page.body) / (brotli.body + page.body)),
  ])
}

/** What no delta can go below, in figures of these answers. */
function floors(edits: readonly MeasuredEdit[]): string {
  const shares = edits.map(({ brotli, delta }) => delta.body / brotli.body)
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  const files = edits.reduce((sum, one) => sum + one.files, 0)
  const headers = edits.reduce((sum, { delta }) => sum + delta.wire - delta.body, 0) / files
  const smallest = edits.reduce((sum, { delta }) => sum + delta.body, 0) / files
  const within = shares.filter((share) => share <= 0.01).length
  return `Contents alone: ${within} of ${edits.length} edits at 1 % or less, mean ${percent(mean)}, worst ${percent(Math.max(...shares))}. A delta has ${smallest.toFixed(0)} bytes on average, 36 of them (\`dcb\`; 40 in \`dcz\`) the name of its dictionary: a file under ${formatBytes(smallest * 100)} in brotli cannot come below 1 %. Headers and frames are ${headers.toFixed(0)} bytes for each answer, as they are for one in brotli: with them, a file under ${formatBytes((smallest + headers) * 100)} cannot.`
}

function changeRow({ name, files, brotli, delta, worstRoute }: MeasuredChange): string[] {
  return [
    name,
    String(files),
    formatBytes(brotli),
    formatBytes(delta),
    percent(delta / brotli),
    `${worstRoute.id}: ${percent(worstRoute.deltas / worstRoute.brotli)}`,
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
}

function time(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
}
