import { kilobytes, table, times } from '../lib/render-units.ts'
import type { ReplayResults } from './replay/replay-app.ts'

/** What each strategy costs per deploy. */
export function renderReplay({ range, strategies, deploys, skipped }: ReplayResults): string {
  const rows = strategies.map(({ name, mean, ratio, deltas, firstLoad }) => [
    name,
    kilobytes(mean),
    times(ratio),
    deltas === undefined ? '–' : `${kilobytes(deltas.mean)} (${times(deltas.ratio)})`,
    kilobytes(firstLoad.bytes),
    times(firstLoad.ratio),
    firstLoad.requests.toFixed(1),
  ])
  const head = ['strategy', 'per deploy, kB', '÷ default', 'with deltas, kB', 'first load, kB', '÷ default', 'requests']
  const left = skipped.map(({ commit, subject, reason }) => `* ${commit.slice(0, 7)} ${subject}: ${reason}`)
  return [
    `${deploys.length} deploys of \`${range}\`, ${deploys[0]?.commit.slice(0, 7)} to ${deploys.at(-1)?.commit.slice(0, 7)}. First loads have the CSS and the document with them.`,
    table(head, rows),
    ...(left.length === 0 ? [] : [`Left out:\n\n${left.join('\n')}`]),
  ].join('\n\n')
}
