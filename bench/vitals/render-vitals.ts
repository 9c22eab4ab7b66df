import type { Machine } from '../lib/machine.ts'
import type { BundledSize } from './bundle-peers.ts'
import type { Cost } from './measure-cost.ts'
import type { PairedInterval } from './paired-interval.ts'
import type { Influence } from './paired-visits.ts'

export interface VitalsResults {
  readonly date: string
  readonly machine: Machine
  readonly sizes: readonly BundledSize[]
  readonly costs?: readonly Cost[]
  readonly influence?: Influence
}

/** The section of RESULTS.md. */
export function renderVitals({ date, machine, sizes, costs, influence }: VitalsResults): string {
  const rows = sizes.map(
    ({ name, what, raw, gzip, brotli }) =>
      `| ${name} | ${what} | ${number(raw)} | ${number(gzip)} | ${number(brotli)} |`,
  )
  return [
    '# Measuring in the page',
    '',
    `${date}, Node ${machine.node}, ${machine.cpu}, ${machine.cores} cores, ${machine.system}. Every program bundled and minified the same way into one file; bytes.`,
    '',
    '| what | with | raw | gzip | brotli |',
    '| --- | --- | ---: | ---: | ---: |',
    ...rows,
    '',
    ...(costs ? renderCosts(costs) : []),
    ...(influence ? renderInfluence(influence) : []),
  ].join('\n')
}

function renderCosts(costs: readonly Cost[]): string[] {
  const rows = costs.map(
    ({ name, total, compile, evaluate, calls, longest }) =>
      `| ${name} | ${value(total.mean)} (${value(total.low)}–${value(total.high)}) | ${[compile, evaluate, calls, longest].map(value).join(' | ')} |`,
  )
  return [
    `CPU of the main thread per visit of the playground (loading, a key, a click) at a quarter of the speed: four times the thread time in Chromium's trace, in pages of which no other DevTools domain is on. Milliseconds, mean of ${costs[0]!.total.pairs} visits in turn, with the 95 % interval. The longest is the longest of all visits.`,
    '',
    '| in the page | in all | compile | first run | calls | longest |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
  ]
}

function renderInfluence({ lcp, inp }: Influence): string[] {
  return [
    `With the runtime less without, ${lcp.pairs} pairs in turn at 4× CPU: LCP ${ms(lcp.mean)} (95 %: ${ms(lcp.low)} to ${ms(lcp.high)}), longest interaction ${ms(inp.mean)} (${ms(inp.low)} to ${ms(inp.high)}). A difference of ${ms(detectable(lcp))} in LCP, or of ${ms(detectable(inp))} in the interaction, would have been seen in four of five such runs.`,
    '',
  ]
}

/** Of a difference that is seen at 95 % confidence with a power of 80 %: 2.8 standard errors, of which the interval is 3.92 wide. */
const detectable = ({ low, high }: PairedInterval): number => ((high - low) * 2.8) / 3.92

const number = (value: number): string => value.toLocaleString('en-US')
const value = (milliseconds: number): string => milliseconds.toFixed(1)
const ms = (milliseconds: number): string => `${value(milliseconds)} ms`
