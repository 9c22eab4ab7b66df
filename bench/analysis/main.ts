import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { costBeyond, runRounds, summarise } from '../lib/rounds.ts'
import { runBuild } from '../lib/run-build.ts'
import type { BuildTask } from '../lib/run-build.ts'
import { measureAccuracy } from './accuracy.ts'
import { renderResults } from './render-results.ts'
import type { AnalysisResults } from './render-results.ts'
import { VARIANTS } from './variants.ts'
import { measuredVersions } from './versions.ts'

/** The bench of the analysis: `npm run bench -- analysis --rounds 10`; with `--app FOLDER` over another app, written to stdout. */

const here = fileURLToPath(new URL('..', import.meta.url))
const PLAYGROUND = resolve(here, '../playground')

const { values } = readOptions({ options: { rounds: { type: 'string', default: '10' }, app: { type: 'string' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`\`--rounds\` must be a whole number from 1 on; received ${values.rounds}.`)
}
const app = values.app === undefined ? PLAYGROUND : resolve(values.app)

const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
try {
  const machine = describeMachine()
  const versions = measuredVersions(app, here)
  const measured = await runRounds(VARIANTS, { rounds, warmUps: 1 }, (variant, round) => {
    process.stderr.write(`round ${round + 1} of ${rounds}: ${variant}\n`)
    return runBuild(taskOf(variant))
  })
  process.stderr.write('comparing the figures with the true ones …\n')
  write({
    date: new Date().toISOString().slice(0, 10),
    app: app === PLAYGROUND ? 'the playground' : app,
    machine,
    versions,
    rounds,
    variants: summarise(measured, VARIANTS, 'bare'),
    beyondEncoding: costBeyond(measured, 'paceline', 'encode', 'bare'),
    accuracy: await measureAccuracy(taskOf),
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function taskOf(variant: string): BuildTask {
  return {
    configModule: join(here, 'analysis/config.ts'),
    variant,
    app,
    outDir: join(folder, variant, 'dist'),
    reportDir: join(folder, variant, 'report'),
    figures: false,
  }
}

function write(results: AnalysisResults): void {
  const page = renderResults(results)
  process.stdout.write(page)
  if (app !== PLAYGROUND) return
  writeSection(join(here, 'RESULTS.md'), page)
  writeFileSync(join(here, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
}
