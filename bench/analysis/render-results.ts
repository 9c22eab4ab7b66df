import { percent, seconds, spreadTimes } from '../lib/render-units.ts'
import type { Machine } from '../lib/machine.ts'
import type { VariantSummary } from '../lib/rounds.ts'
import type { Spread } from '../lib/statistics.ts'
import type { Errors, ToolErrors } from './errors-of.ts'
import { LEAST_BYTES } from './truth.ts'
import { DESCRIPTIONS } from './variants.ts'
import type { VariantName } from './variants.ts'

/** Everything that was measured; results.json holds it as it is. */
export interface AnalysisResults {
  readonly date: string
  readonly app: string
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  readonly rounds: number
  readonly variants: readonly VariantSummary[]
  /** CPU of the whole analysis beyond encoding each file once, as a share of the bare build's. */
  readonly beyondEncoding: Spread
  readonly accuracy: Readonly<Record<string, ToolErrors>>
}

/** RESULTS.md. */
export function renderResults(results: AnalysisResults): string {
  const { machine, versions, rounds, variants, beyondEncoding, accuracy } = results
  return `# Measured: what the analysis costs, and how right it is

${results.date}, ${results.app}. Made by \`npm run bench\`; do not edit.

${Object.entries({ node: machine.node, ...versions })
  .map(([name, version]) => `${name} ${version}`)
  .join(' · ')}
${machine.cpu}, ${machine.cores} cores, ${gigabytes(machine.memory)}, ${machine.system}; load ${machine.load.toFixed(1)} at the start

## Cost

CPU (user + system) of the whole process of one \`vite build\`, ${rounds} rounds after a warm-up, the variants in turn within
a round. Median (minimum–maximum). The ratio is taken round by round.

| variant | CPU, s | CPU ÷ bare | wall, s | peak RSS |
| --- | --- | --- | --- | --- |
${variants.map(costRow).join('\n')}

${variants.map(({ name }) => `* ${name}: ${DESCRIPTIONS[name as VariantName]}`).join('\n')}

Paceline beyond encoding each file once, which compressing ahead of time does anyway:
**${spreadTimes(beyondEncoding)} of the bare build's CPU**.

## Error

Of modules: the figure against what the file loses when the module's text is cut out and the rest compressed again, for
modules of at least ${LEAST_BYTES} bytes. Of files: the figure against the emitted file in gzip 9 and brotli 11. As a share of the true
size; JavaScript only, since not all of the tools count more.

| tool | modules, gzip | modules, brotli | files, gzip | files, brotli |
| --- | --- | --- | --- | --- |
${Object.entries(accuracy).map(errorRow).join('\n')}

Median / 90th percentile · right to the byte / compared. A module's share of a file is not the same as what cutting it
saves (what two modules have in common is lost by neither), so that column cannot be 0 for figures that add up.
`
}

function costRow({ name, cpu, wall, rss, ratio }: VariantSummary): string {
  const peak = `${Math.round(rss.median / 1e6)} MB`
  return `| ${name} | ${seconds(cpu)} | ${spreadTimes(ratio)} | ${seconds(wall)} | ${peak} |`
}

function errorRow([tool, { modules, files }]: [string, ToolErrors]): string {
  return `| ${[tool, ...[modules.gzip, modules.brotli, files.gzip, files.brotli].map(errorCell)].join(' | ')} |`
}

function errorCell({ median, p90, exact, compared, missing }: Errors): string {
  const absent = missing === 0 ? '' : `, ${missing} not listed`
  return `${percent(median)} / ${percent(p90)} · ${exact}/${compared}${absent}`
}

function gigabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 30)} GB`
}
