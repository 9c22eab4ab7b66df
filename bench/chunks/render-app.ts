import { kilobytes, percent, table, times } from '../lib/render-units.ts'
import type { AppResults, StrategySummary } from './summarise-app.ts'

const HEAD = [
  'strategy',
  'first load, kB',
  '÷ default',
  'requests (most)',
  'beyond bound',
  'waste',
  'CSS, kB',
  'document, kB',
  'worse (most)',
  'leaf edit, kB (document)',
]

/** The strategies of one app. */
export function renderApp({ app, vite, modules, strategies, failures }: AppResults): string {
  const [base] = strategies
  const bound = base?.beyondBound === undefined ? '' : ` The bound is ${times(1 / (1 + base.beyondBound))} the default.`
  const failed = Object.entries(failures).map(([name, why]) => `* ${name} does not build: ${firstLine(why)}`)
  return [
    `### ${app}`,
    `Vite ${vite}, ${modules} modules, ${base?.routes ?? 0} routes.${bound}`,
    table(
      HEAD,
      strategies.map((strategy) => row(strategy, base)),
    ),
    ...(failed.length === 0 ? [] : [failed.join('\n')]),
  ].join('\n\n')
}

function row(strategy: StrategySummary, base: StrategySummary | undefined): string[] {
  const { name, js, ratio, requests, mostRequests, beyondBound, waste, css, document, worse, leaf } = strategy
  return [
    name,
    kilobytes(js),
    times(ratio),
    `${requests.toFixed(1)} (${mostRequests})`,
    beyondBound === undefined ? '–' : percent(beyondBound),
    percent(waste),
    kilobytes(css),
    kilobytes(document),
    worse.routes.length === 0 ? '0' : `${worse.routes.length} (+${percent(worse.bytes)})`,
    leaf === undefined ? '–' : leafCell(leaf, base?.leaf),
  ]
}

type Leaf = NonNullable<StrategySummary['leaf']>

function leafCell({ bytes, document }: Leaf, base: Leaf | undefined): string {
  const share = base === undefined ? '' : ` = ${percent(bytes / base.bytes)}`
  return `${kilobytes(bytes)}${share} (${kilobytes(document)})`
}

/** Of a failed build: what it says itself, not how it was started. */
function firstLine(why: string): string {
  return why.split('\n').find((line) => line.includes('Error:')) ?? why.split('\n')[0] ?? ''
}
