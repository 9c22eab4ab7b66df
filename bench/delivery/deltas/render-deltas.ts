import { formatBytes } from '@paceline/kit'
import type { Machine } from '../../lib/machine.ts'
import { table } from '../../lib/render-units.ts'
import type { DeltaResults } from './measure-deltas.ts'

/** Of the results, the section about deltas. */
export function renderDeltas({ changes, costs }: DeltaResults, date: string, machine: Machine): string {
  const rows = changes.map(({ name, files, brotli, delta, worstRoute }) => [
    name,
    String(files),
    formatBytes(brotli),
    formatBytes(delta),
    percent(delta / brotli),
    `${worstRoute.id}: ${percent(worstRoute.deltas / worstRoute.brotli)}`,
  ])
  const both = costs.cpu.dcb + costs.cpu.dcz
  return `# Deltas

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}. The playground, built release after release with \`delivery()\`; bytes are those of the files it writes: brotli 11, and for each file the smaller of \`dcb\` and \`dcz\`. A file without a delta counts in brotli. 36 bytes of each delta (\`dcb\`; 40 in \`dcz\`) name its dictionary, whatever changed: they are 3 % of a file of 1.3 kB, and no file under 4 kB in brotli can come below 1 %, as the first line shows. The last column is the route where deltas save least.

${table(['change', 'changed files', 'brotli', 'deltas', 'share', 'worst route'], rows)}

${costs.deltas} deltas of ${costs.files} files against ${costs.releases} releases (React and four single lines apart) take ${time(both)} of CPU: ${time(costs.cpu.dcb)} for \`dcb\`, ${time(costs.cpu.dcz)} for \`dcz\`. Brotli 11 takes ${time(costs.brotli)} for the same files: ${percent(both / costs.brotli)}.
`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
}

function time(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
}
