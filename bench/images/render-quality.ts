import type { Machine } from '../lib/machine.ts'
import { kilobytes, percent, table } from '../lib/render-units.ts'
import type { BuildFigures } from './builds/measure-builds.ts'
import { renderBuilds } from './builds/render-builds.ts'
import { SCORES, type SettingsFigures } from './encoder-settings.ts'
import type { Agreement } from './other-metrics.ts'
import type { TargetSummary } from './summarise-targets.ts'

/** Everything that was measured; results.json holds it as it is. A part that was not measured is absent. */
export interface QualityResults {
  readonly date?: string
  readonly machine?: Machine
  readonly versions?: Readonly<Record<string, string>>
  readonly targets?: readonly TargetSummary[]
  readonly agreement?: Readonly<Record<string, Agreement>>
  readonly settings?: readonly SettingsFigures[]
  readonly builds?: BuildFigures
}

/** The section of RESULTS.md. */
export function renderQuality(results: QualityResults): string {
  const { targets, agreement, settings, builds } = results
  return [
    '# Measured: the quality of images, by target',
    head(results),
    ...(builds ? [renderBuilds(builds)] : []),
    ...(targets ? [renderTargets(targets)] : []),
    ...(agreement ? [renderAgreement(agreement)] : []),
    ...(settings ? [renderSettings(settings)] : []),
  ].join('\n\n')
}

function head({ date, machine, versions = {} }: QualityResults): string {
  const names = Object.entries({ ...(machine && { node: machine.node }), ...versions })
  const listed = names.map(([name, version]) => `${name} ${version}`).join(' · ')
  const cpu = machine ? `\n${machine.cpu}, ${machine.cores} cores, ${machine.system}` : ''
  return `${date}. Made by \`npm run bench -- images --write\`; do not edit. Scores are SSIMULACRA 2.\n\n${listed}${cpu}`
}

function renderTargets(targets: readonly TargetSummary[]): string {
  const sets = [...new Set(targets.map(({ set }) => set))]
  const bySet = sets.flatMap((name) => targets.filter(({ set }) => set === name))
  const rows = bySet.map(({ set, format, target, bytes, fixed, saved, qualities, scores, missed }) => [
    set,
    format,
    String(target),
    kilobytes(bytes),
    `${qualities.lowest}–${qualities.highest}`,
    `${scores.median.toFixed(1)}, at most ${scores.highest.toFixed(1)}`,
    String(missed),
    `${kilobytes(fixed.bytes)} at ${fixed.quality}`,
    `**${percent(saved)}**`,
  ])
  const largest = targets.filter(({ set }) => set === sets[0])
  const costs = largest.map(({ format, target, tries, cost, scoring, usual }) => [
    format,
    String(target),
    `${tries.mean.toFixed(2)}, at most ${tries.most}`,
    `${cost.toFixed(2)}×`,
    percent(scoring),
    `${usual.lowest.toFixed(0)}–${usual.highest.toFixed(0)} at ${usual.quality}`,
  ])
  const described = sets.map((name) => describeSet(targets.filter(({ set }) => set === name)))
  return `## Bytes at a guaranteed score

Photographs at 480, 960 and 1600 pixels as far as they have them. Each picture at the lowest quality that reaches the target, against the one quality, for each
format and set, that lets every picture of the set reach it, with the same settings otherwise. The sets: every photograph of eight templates, but for copies and those
narrower than 480 pixels; the same of the first four of them; and what the builds above are measured with. AVIF and WebP together:

${described.join('\n')}

${table(['photographs', 'format', 'target', 'kB by target', 'qualities', 'scores', 'missed', 'kB at one quality', 'saved'], rows)}

What the search costs, over the largest set: encodes for each picture (drafts apart), CPU of everything over one encode each at the quality found, and the share of
decoding and scoring in it. Beside it, what the quality that sharp takes by itself scores.

${table(['format', 'target', 'encodes', 'CPU', 'scoring', 'scores at one quality'], costs)}`
}

function describeSet(targets: readonly TargetSummary[]): string {
  const [first] = targets
  return `* ${first?.set} (${first?.photographs} photographs, ${first?.pictures} pictures): ${together(targets)}`
}

function together(targets: readonly TargetSummary[]): string {
  const sums = [...new Set(targets.map(({ target }) => target))].map((wanted) => {
    const formats = targets.filter(({ target }) => target === wanted)
    const sum = (of: (one: TargetSummary) => number): number => formats.reduce((all, one) => all + of(one), 0)
    return `${percent(1 - sum(({ bytes }) => bytes) / sum(({ fixed }) => fixed.bytes))} saved at ${wanted}`
  })
  return sums.join(', ')
}

function renderAgreement(agreement: Readonly<Record<string, Agreement>>): string {
  const rows = Object.entries(agreement).map(([name, { pairs, overall, perPicture, difference }]) => [
    name,
    String(pairs),
    overall.toFixed(4),
    `${perPicture.median.toFixed(4)} / ${perPicture.lowest.toFixed(4)}`,
    difference ? `${difference.median.toFixed(3)} / ${difference.largest.toFixed(3)}` : '',
  ])
  return `## Agreement with other metrics

Spearman's rank correlation of our score with programs of others over the same pairs: each photograph at 480 pixels in three formats at five qualities.

${table(['metric', 'pairs', 'over all', 'per photograph: median / lowest', 'difference: median / largest'], rows)}`
}

function renderSettings(settings: readonly SettingsFigures[]): string {
  const rows = settings.map(({ format, name, cpu, bytes }) => [
    format,
    name,
    `${cpu.toFixed(2)}×`,
    ...SCORES.map((score) => signed((bytes[score] ?? Number.NaN) - 1)),
  ])
  return `## Settings of the encoders

Against the settings that Paceline takes: CPU, and bytes at the same score (geometric mean over the photographs at 960 pixels).

${table(['format', 'setting', 'CPU', ...SCORES.map((score) => `bytes at ${score}`)], rows)}`
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`
}
