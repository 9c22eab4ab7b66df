import type { Measured } from '../chunks/stored-results.ts'
import type { VariantSummary } from '../lib/rounds.ts'
import { kilobytes, percent, seconds, spreadTimes, table } from '../lib/render-units.ts'
import type { Spread } from '../lib/statistics.ts'
import type { ConfigLines } from './count-lines.ts'
import type { FoundFile, OutputFindings } from './inspect-output.ts'
import type { BuildCosts } from './measure-builds.ts'
import { KINDS } from './measure-visits.ts'
import type { VisitCosts } from './measure-visits.ts'
import type { ToolError } from './size-errors.ts'
import { DESCRIPTIONS, VARIANTS } from './variants.ts'
import type { VariantName } from './variants.ts'

/** One app with each stack. What was not measured is absent. */
export interface StackResults {
  readonly vite: string
  readonly pictures: 'imagetools' | 'image-optimizer'
  readonly versions: Readonly<Record<string, string>>
  readonly lines: { readonly peers: ConfigLines; readonly paceline: ConfigLines }
  readonly builds?: BuildCosts
  readonly outputs?: Readonly<Record<VariantName, OutputFindings>>
  readonly sizes?: readonly ToolError[]
  readonly visits?: {
    readonly path: string
    readonly runs: number
    readonly chromium: string
    readonly costs: readonly VisitCosts[]
  }
}

export type StoredStack = Readonly<Record<string, Measured<StackResults>>>

/** The section of the stack, app by app. */
export function renderStack(stored: StoredStack): string {
  const descriptions = VARIANTS.map((name) => `* ${name}: ${DESCRIPTIONS[name]}`)
  return [
    '# Measured: one plugin beside the stack made by hand',
    'Made by `npm run bench -- stack APP… --write`; do not edit. The files that make the difference are in `bench/stack/setups/`.',
    descriptions.join('\n'),
    ...Object.entries(stored).map(([app, measured]) => renderApp(app, measured)),
  ]
    .join('\n\n')
    .concat('\n')
}

function renderApp(app: string, { date, machine, value }: Measured<StackResults>): string {
  const { vite, versions, lines, builds, outputs, sizes, visits } = value
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `## ${app}, Vite ${vite}`,
    `${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}; load ${machine.load.toFixed(1)} at the start. ${tools.join(' · ')}`,
    `Lines of configuration: ${linesOf(lines.peers)} by hand (${parts(lines.peers)}), ${linesOf(lines.paceline)} with Paceline.`,
    builds && renderBuilds(builds),
    outputs && renderOutputs(outputs),
    sizes && renderSizes(sizes),
    visits && renderVisits(visits),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
}

function renderBuilds({ rounds, cold, second }: BuildCosts): string {
  const row =
    (kind: string) =>
    ({ name, cpu, ratio, wall, rss }: VariantSummary) => [
      name,
      kind,
      seconds(cpu),
      spreadTimes(ratio),
      seconds(wall),
      spread(rss, (bytes) => (bytes / 1e6).toFixed(0)),
    ]
  const head = ['variant', 'build', 'CPU, s', 'CPU ÷ bare', 'wall, s', 'peak RSS, MB']
  return `Builds: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, the variants in turn; median (minimum–maximum), user and system time of all processes.\n\n${table(head, [...cold.map(row('cold')), ...second.map(row('second'))])}`
}

function renderOutputs(outputs: Readonly<Record<VariantName, OutputFindings>>): string {
  const all = VARIANTS.map((name) => outputs[name])
  const rows = [
    ['files', ...all.map(({ files }) => `${files}`)],
    ['texts and wasm sent uncompressed', ...all.map(({ uncompressed }) => found(uncompressed))],
    ['images that no file names', ...all.map(({ unusedImages }) => found(unusedImages))],
    ['JPEG and PNG without AVIF or WebP', ...all.map(({ plainImages }) => found(plainImages))],
    [
      'precache',
      ...all.map(({ precache }) =>
        precache
          ? `${precache.files} files, ${kilobytes(precache.bytes)} kB, ${kilobytes(precache.sent)} kB sent`
          : 'none',
      ),
    ],
    ['in it, named by no file', ...all.map(({ precache }) => (precache ? found(precache.unneeded) : 'none'))],
  ]
  return `What is in the output, as its server sends it to a browser that knows brotli, AVIF and WebP.\n\n${table(['', ...VARIANTS], rows)}`
}

function renderSizes(sizes: readonly ToolError[]): string {
  const rows = sizes.map(({ tool, encoding, errors: { median, p90, exact, compared, missing } }) => [
    tool,
    encoding,
    percent(median),
    percent(p90),
    `${exact} of ${compared}`,
    `${missing}`,
  ])
  const head = ['tool', 'encoding', 'error, median', '90th percentile', 'right to the byte', 'not shown']
  return `Sizes that the tools show against the bytes that are served, file by file. Those of size-limit and Vite are of scripts and stylesheets, the others of scripts; visualizer's are the sums of its modules.\n\n${table(head, rows)}`
}

function renderVisits({ path, runs, chromium, costs }: NonNullable<StackResults['visits']>): string {
  const rows = costs.map(({ variant, bytes, tti }) => [
    variant,
    ...KINDS.map((kind) => spread(bytes[kind], kilobytes)),
    ...KINDS.map((kind) => (tti[kind] === undefined ? 'never quiet' : spread(tti[kind], (ms) => ms.toFixed(0)))),
  ])
  const head = ['variant', ...KINDS.map((kind) => `${kind}, kB`), ...KINDS.map((kind) => `TTI ${kind}, ms`)]
  const notes = costs.flatMap(({ variant, notes: said }) => said.map((note) => `* ${variant}: ${note}`))
  return [
    `Visits of \`${path}\` in Chromium ${chromium}, medians of ${runs} (minimum–maximum). Bytes are all that came down over HTTP/1.1, headers and the service worker's own downloads included, until nothing more did; TTI is on slow 4G with a processor four times slower. The deploy changed one line.`,
    table(head, rows),
    notes.join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** One figure where all are alike. */
function spread({ median, min, max }: Spread, text: (value: number) => string): string {
  return text(min) === text(max) ? text(median) : `${text(median)} (${text(min)}–${text(max)})`
}

function found(files: readonly FoundFile[]): string {
  if (files.length === 0) return 'none'
  return `${files.length}, ${kilobytes(files.reduce((sum, { bytes }) => sum + bytes, 0))} kB`
}

/** All of them. */
export function linesOf(lines: ConfigLines): number {
  return Object.values(lines).reduce((sum, one) => sum + one, 0)
}

function parts(lines: ConfigLines): string {
  return Object.entries(lines)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
}
