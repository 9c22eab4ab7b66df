import type { Machine } from '../lib/machine.ts'
import type { BundledSize } from './bundle-peers.ts'
import type { Cost } from './measure-cost.ts'
import type { PairedInterval } from './paired-interval.ts'

export interface VitalsResults {
  readonly date: string
  readonly machine: Machine
  readonly sizes: readonly BundledSize[]
  readonly cost?: Cost | undefined
}

/** The section of RESULTS.md. */
export function renderVitals({ date, machine, sizes, cost }: VitalsResults): string {
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
    ...(cost ? renderCost(cost) : []),
  ].join('\n')
}

function renderCost({ self, longest, webVitals, lcp, inp }: Cost): string[] {
  return [
    `On the playground the runtime costs the main thread ${ms(self.mean)} of CPU per visit at a quarter of the speed (four times the thread time in Chromium's trace, the first run of the module and compiling not included; 95 %: ${ms(self.low)} to ${ms(self.high)}, ${self.visits} visits), ${ms(longest)} at most in one call; web-vitals alone, measured the same way, ${ms(webVitals.mean)} (${ms(webVitals.low)} to ${ms(webVitals.high)}). With the runtime less without, ${lcp.pairs} pairs in turn at 4× CPU: LCP ${ms(lcp.mean)} (95 %: ${ms(lcp.low)} to ${ms(lcp.high)}), longest interaction ${ms(inp.mean)} (${ms(inp.low)} to ${ms(inp.high)}). A difference of ${ms(detectable(lcp))} in LCP, or of ${ms(detectable(inp))} in the interaction, would have been seen in four of five such runs.`,
    '',
  ]
}

/** Of a difference that is seen at 95 % confidence with a power of 80 %: 2.8 standard errors, of which the interval is 3.92 wide. */
const detectable = ({ low, high }: PairedInterval): number => ((high - low) * 2.8) / 3.92

const number = (value: number): string => value.toLocaleString('en-US')
const ms = (value: number): string => `${value.toFixed(1)} ms`
