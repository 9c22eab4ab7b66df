import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readOptions } from '../lib/read-options.ts'
import { writeSection } from '../lib/results-page.ts'
import { appIn } from './apps.ts'
import { compareBuilds } from './browser/compare-builds.ts'
import { drawFirstLoads } from './draw-first-loads.ts'
import { measureFollowing } from './following.ts'
import { measureApp } from './measure-app.ts'
import { buildStrategy } from './measure-strategy.ts'
import type { Workplace } from './measure-strategy.ts'
import { measurePlannerSpeed } from './planner-speed.ts'
import { renderChunks } from './render-chunks.ts'
import { replayApp } from './replay/replay-app.ts'
import { measuredHere, readResults, writeResults } from './stored-results.ts'
import type { ChunksResults } from './stored-results.ts'
import { STRATEGIES } from './strategies.ts'
import type { StrategyName } from './strategies.ts'
import type { AppResults } from './summarise-app.ts'

/**
 * The bench of the chunks: `npm run bench -- chunks [FOLDER …] [--parts strategies,planning,following,replay,pages] [--strategies a,b] [--no-bound]
 * [--pairs 12] [--write] [--json FILE]`. Without folders it takes the playground. `--write` puts what was measured into RESULTS.md
 * and leaves there what was not measured now; `--json` has every route.
 */

const PLAYGROUND = resolve(import.meta.dirname, '../../playground')
const PLOTS = resolve(import.meta.dirname, '../plots')
const PARTS = ['strategies', 'planning', 'following', 'replay', 'pages'] as const

const { positionals, values } = readOptions({
  allowPositionals: true,
  allowNegative: true,
  options: {
    parts: { type: 'string', default: 'strategies' },
    strategies: { type: 'string', default: STRATEGIES.join(',') },
    bound: { type: 'boolean', default: true },
    pairs: { type: 'string', default: '12' },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const parts = listed('--parts', values.parts, PARTS)
const strategies = listed('--strategies', values.strategies, STRATEGIES)
const folders = positionals.length === 0 ? [PLAYGROUND] : positionals.map((folder) => resolve(folder))
const temporary = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
try {
  let results: ChunksResults = parts.includes('planning') ? { planning: measuredHere()(measurePlannerSpeed()) } : {}
  for (const root of folders) {
    const app = appIn(root)
    results = merged(results, await measure({ app, root, folder: join(temporary, app.name) }))
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
  process.stdout.write(renderChunks(results))
  if (values.write) {
    const all = merged(readResults(), results)
    writeResults(all)
    writeSection(resolve(import.meta.dirname, '../RESULTS.md'), renderChunks(all))
    for (const { value } of Object.values(results.apps ?? {})) drawApp(value)
  }
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

async function measure(place: Workplace): Promise<ChunksResults> {
  const { app, root } = place
  const tell = (what: string): void => void process.stderr.write(`${app.name}: ${what}\n`)
  const measured = measuredHere()
  return {
    ...(parts.includes('strategies') && {
      apps: { [app.name]: measured(await measureApp(place, { strategies, bound: values.bound, tell })) },
    }),
    ...(parts.includes('following') && {
      following: { [app.name]: measured(await measureFollowing(place, Number(values.pairs))) },
    }),
    ...(parts.includes('pages') &&
      app.pages.length > 0 && { pages: { [app.name]: measured(await comparePages(place)) } }),
    ...(parts.includes('replay') && app.replay && { replays: { [app.name]: measured(await replayApp(app, root)) } }),
  }
}

/** A picture of what an app was before and is now, when both were measured. */
function drawApp({ app, vite, strategies }: AppResults): void {
  const [before, after] = (['default', 'planned'] as const).map((name) => strategies.find((one) => one.name === name))
  if (before === undefined || after === undefined) return
  mkdirSync(PLOTS, { recursive: true })
  const file = join(PLOTS, `first-load-${app.toLowerCase().replaceAll(' ', '-')}.svg`)
  writeFileSync(file, drawFirstLoads(`First load of ${app}, JavaScript (brotli), Vite ${vite}`, before, after))
}

async function comparePages(place: Workplace): ReturnType<typeof compareBuilds> {
  const compared: readonly [StrategyName, StrategyName] = ['default', 'planned']
  const options = { opened: true }
  const dists = [
    await buildStrategy(place, compared[0], options),
    await buildStrategy(place, compared[1], options),
  ] as const
  const { app, root } = place
  return compareBuilds({
    app: app.name,
    root,
    paths: app.pages,
    strategies: compared,
    dists: [dists[0].outDir, dists[1].outDir],
    pairs: Number(values.pairs),
  })
}

function merged(before: ChunksResults, now: ChunksResults): ChunksResults {
  const planning = now.planning ?? before.planning
  return {
    ...(planning !== undefined && { planning }),
    apps: { ...before.apps, ...now.apps },
    following: { ...before.following, ...now.following },
    replays: { ...before.replays, ...now.replays },
    pages: { ...before.pages, ...now.pages },
  }
}

function listed<Name extends string>(option: string, written: string, known: readonly Name[]): Name[] {
  const names = written.split(',')
  const unknown = names.find((name) => !known.some((one) => one === name))
  if (unknown !== undefined) throw new Error(`\`${option}\` knows ${known.join(', ')}; received ${unknown}.`)
  return known.filter((name) => names.includes(name))
}
