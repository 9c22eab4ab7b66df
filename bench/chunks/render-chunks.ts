import { renderFollowing } from './following.ts'
import { renderPlannerSpeed } from './planner-speed.ts'
import { renderApp } from './render-app.ts'
import { renderPages } from './render-pages.ts'
import { renderReplay } from './render-replay.ts'
import { renderTargets } from './render-targets.ts'
import type { ChunksResults, Measured } from './stored-results.ts'
import { DESCRIPTIONS } from './strategies.ts'
import { targetsOf } from './targets.ts'

/** The section of RESULTS.md. */
export function renderChunks(results: ChunksResults): string {
  const { apps = {}, planning, following = {}, replays = {}, pages = {} } = results
  const strategies = Object.entries(DESCRIPTIONS).map(([name, what]) => `* ${name}: ${what}`)
  const blocks = [
    '# Measured: the ways to split an app into chunks',
    'Made by `npm run bench -- chunks … --write`; do not edit. Bytes are brotli 11, as served.',
    '## Targets',
    renderTargets(targetsOf(results)),
    ...part('First load, waste and re-download', Object.values(apps), renderApp, [
      'Means over the routes of an app; JavaScript unless said otherwise. *Beyond bound*: against the modules of each route in one file without a statement that joins chunks. *Waste*: modules that came along and that the route does not import, by a build with one chunk per module. *Worse*: routes with more bytes or more requests (CSS too) than the default, and the most bytes that one of them has more. *Leaf edit*: what a returning visitor downloads after one string of one component changed, with the document, and the part of the document.',
      strategies.join('\n'),
    ]),
    ...part('Planning', planning === undefined ? [] : [planning], (speeds) => renderPlannerSpeed(speeds).trim(), [
      'Beyond the analysis build, on made-up graphs in the shape of real ones.',
    ]),
    ...part('Following a plan', Object.values(following), (cost) => renderFollowing(cost), [
      "A build that checks its chunks (`chunks({ strategy: 'default' })`), and one that follows its plan and checks that, beside one that does neither, all with a report of exact sizes: CPU (user + system) and wall time of the whole process, builds in turn, median (minimum–maximum). The ratio is taken pair by pair.",
    ]),
    ...part('Real commits, one deploy each', Object.values(replays), renderReplay, [
      'Made by `paceline replay`: what somebody downloads who was there before each deploy, mean over routes and deploys. Plans are made at the first commit and followed from there.',
    ]),
    ...part('In Chromium', Object.values(pages), renderPages, [
      'Slow 4G and 4× CPU as Lighthouse applies them in DevTools, HTTP/2, brotli, empty cache. Two warm-ups, then pairs in turn (AB BA …). Medians (minimum–maximum); the difference is planned − default with the 95 % bootstrap interval of its mean.',
    ]),
  ]
  return `${blocks.join('\n\n')}\n`
}

function part<Value>(
  title: string,
  measured: readonly Measured<Value>[],
  render: (value: Value) => string,
  words: readonly string[],
): string[] {
  if (measured.length === 0) return []
  return [`## ${title}`, ...words, ...measured.map((one) => `${render(one.value)}\n\n${whereOf(one)}`)]
}

function whereOf({ date, machine }: Measured<unknown>): string {
  return `${date}, ${machine.cpu}, ${machine.cores} cores, ${machine.system}, node ${machine.node}; load ${machine.load.toFixed(1)} at the start`
}
