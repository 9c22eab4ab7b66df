import { kilobytes, milliseconds, seconds, spreadTimes, table } from '../../lib/render-units.ts'
import type { BuildFigures } from './measure-builds.ts'
import { DESCRIPTIONS, QUALITY, SHORT, type VariantName } from './variants.ts'

/** The default of `cache.memory`, MB. */
const BOUND = 512

/** What building with photographs costs, for RESULTS.md. */
export function renderBuilds({
  photographs,
  files,
  rounds,
  repeats,
  pairs,
  qualities,
  variants,
  bytes,
  held,
  transfer,
  ratios,
}: BuildFigures): string {
  const rows = variants.map(({ name, cpu, wall, rss, ratio }) => [
    name,
    seconds(cpu),
    seconds(wall),
    `${Math.round(rss.median / 1e6)} (${Math.round(rss.min / 1e6)}–${Math.round(rss.max / 1e6)})`,
    spreadTimes(ratio),
    bytes[name] ? kilobytes(bytes[name]) : '',
  ])
  const highest = (name: VariantName): string => {
    const most = held?.[name]
    return most === undefined ? 'not measured' : `${Math.round(most / 1e6)} MB${most > BOUND * 1e6 ? ', over it' : ''}`
  }
  const percentOf = ({ median, min, max }: BuildFigures['ratios']['busy']): string =>
    [median, min, max]
      .map((share) => `${Math.round(share * 100)} %`)
      .join(' ')
      .replace(/^(\S+ %) (\S+ %) (\S+ %)$/, '$1 ($2–$3)')
  return `## Building with photographs

${photographs} photographs in AVIF and WebP at up to three widths, ${files} files; quality ${QUALITY}. ${rounds} rounds, each variant once a round, floor and cold ${pairs} times, the short ones (${SHORT.join(', ')}) ${repeats} times, in turn: CPU
(user + system) and wall time of the build with the processes that it starts, median (minimum–maximum). Peak RSS is the sum of the peaks of Vite's process and the one that encodes, with
the 55 MB of Node's program that they share counted in both; what both hold at one moment, with each shared page counted once (PSS, 20 looks a second), is in the second table.
\`cache.memory\` is ${BOUND} MB. Ratios are taken round by round, with \`bare\` taken away on both sides; those of what a round has several times, neighbour by neighbour.

${variants.map(({ name }) => `* ${name}: ${DESCRIPTIONS[name as VariantName]}${name === 'imagetools' ? ` (AVIF ${qualities.avif}, WebP ${qualities.webp})` : ''}`).join('\n')}

${table(['build', 'CPU, s', 'wall, s', 'peak RSS, MB', 'CPU ÷ floor, with the build', 'AVIF + WebP, kB'], rows)}

${table(
  ['images alone', ''],
  [
    ['CPU, cold ÷ floor', spreadTimes(ratios.coldCpuToFloor)],
    ['wall, cold ÷ floor', spreadTimes(ratios.coldWallToFloor)],
    ['wall, cold ÷ imagetools', spreadTimes(ratios.coldWallToImagetools)],
    ['wall, searched ÷ imagetools', spreadTimes(ratios.searchedWallToImagetools)],
    ...(['cold', 'searched'] as const).map((name) => [
      `memory held at once, at most, ${name}, of ${BOUND} MB`,
      highest(name),
    ]),
    ['wall, warm beyond bare, ms', milliseconds(ratios.warmBeyondBare)],
    ...(ratios.redisBeyondBare ? [['wall, warm Redis beyond bare, ms', milliseconds(ratios.redisBeyondBare)]] : []),
    ...(ratios.redisBeyondWarm ? [['wall, warm Redis beyond warm, ms', milliseconds(ratios.redisBeyondWarm)]] : []),
    ...(ratios.redisToWarmAndTransfer
      ? [
          ['wall, warm Redis ÷ warm and the transfer into memory', spreadTimes(ratios.redisToWarmAndTransfer)],
          ['wall, warm Redis ÷ warm and the transfer into a directory', spreadTimes(ratios.redisToWarmAndKept!)],
        ]
      : []),
    ...(transfer
      ? [
          [
            `transfer of ${transfer.values} values, ${kilobytes(transfer.bytes)} kB, into memory, ms`,
            milliseconds(transfer.ms),
          ],
          ['transfer of the same into an empty directory, ms', milliseconds(transfer.keptMs)],
        ]
      : []),
    ['cores busy while images are made', percentOf(ratios.busy)],
  ],
)}
`
}
