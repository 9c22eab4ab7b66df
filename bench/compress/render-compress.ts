import { percent, seconds, table } from '../lib/render-units.ts'
import type { Spread } from '../lib/statistics.ts'
import { SOURCES } from './make-dist.ts'
import type { CompressResults } from './summarise.ts'
import { DESCRIPTIONS, type VariantName } from './variants.ts'

/** The section of RESULTS.md. */
export function renderCompress(results: CompressResults): string {
  const { machine, rounds, variants, coldToFloor, peerToCold, warmToCold, redisToCold, faults, large, change } = results
  const rows = variants.map(({ name, wall, cpu, rss }) => [
    name,
    seconds(wall),
    seconds(cpu),
    `${Math.round(rss.median / 1e6)} (${Math.round(rss.min / 1e6)}–${Math.round(rss.max / 1e6)})`,
  ])
  const all = change.found + change.made + change.small
  return `# Measured: compressing a build

${results.date}. ${fileSet(results)} Made by \`npm run bench -- compress --write\`; do not edit.

node ${machine.node} · ${machine.cpu}, ${machine.cores} cores, ${Math.round(machine.memory / 2 ** 30)} GB, ${machine.system}; load ${machine.load.toFixed(1)} at the start, ${results.loadAfter.toFixed(1)} at the end

${rounds} rounds after a warm-up, the variants in turn within a round, each in a process of its own. Seconds beyond the bare build of the same round
(the bare build itself in its own row); memory of the whole process in MB. Median (minimum–maximum).

${table(['variant', 'wall, s', 'CPU, s', 'peak RSS, MB'], rows)}

${variants.map(({ name }) => `* ${name}: ${DESCRIPTIONS[name as VariantName]}`).join('\n')}

${table(
  ['ratio, taken round by round', 'wall', 'CPU', 'bar'],
  [
    ['cold ÷ floor', ratio(coldToFloor.wall), ratio(coldToFloor.cpu), 'wall at most 1.15'],
    ['peer ÷ cold', ratio(peerToCold.wall), ratio(peerToCold.cpu), 'wall at least 2'],
    ['warm ÷ cold', share(warmToCold.wall), share(warmToCold.cpu), 'at most 3 %'],
    ...(redisToCold ? [['redis ÷ cold', share(redisToCold.wall), share(redisToCold.cpu), 'at most 10 %']] : []),
  ],
)}

${table(
  ['wall time that a Redis adds to `cold`, round by round', 's', 'bar'],
  faults.map(({ fault, added }) => [fault, seconds(added), 'below 1']),
)}

One line of a component of the playground changed: **${percent(change.found / all)}** of the ${(all / 1000).toFixed(1)} kB of its siblings were in the cache (bar: 80 %). Made were
${(change.made / 1000).toFixed(1)} kB that are new, and ${(change.small / 1000).toFixed(1)} kB of gzip that is made faster than it is looked for.

A very large output, ${large.count} files of ${Math.round(large.bytes / 1e6)} MB, all three encodings, empty cache: peak RSS ${megabytes(large.compressed.rss)} MB, where the build that
copies them takes ${megabytes(large.bare.rss)} MB.
`
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}

function fileSet({ files, count, bytes }: CompressResults): string {
  const size = `${count} files, ${(bytes / 1e6).toFixed(2)} MB`
  return files === 'usual' ? `Minified files of ${Object.keys(SOURCES).join(', ')}: ${size}.` : `${size}.`
}

function ratio({ median, min, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`
}

function share({ median, min, max }: Spread): string {
  return `${percent(median)} (${percent(min)}–${percent(max)})`
}
