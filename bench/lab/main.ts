import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { writeSection } from '../lib/results-page.ts'
import { agreeOn } from './agreement.ts'
import { compareFormulas } from './formula.ts'
import { askPeers } from './peers.ts'
import { comparePlanted } from './planted-regressions.ts'
import { mergeResults, renderLab } from './render-lab.ts'
import type { LabResults } from './render-lab.ts'
import { inSession } from './session.ts'

/**
 * The bench of the lab, in parts: `npm run bench -- lab --formula 2000`; with folders of apps (`playground ../shadcn-admin …`, those of
 * `bench/chunks/apps.ts`) `--runs 10` visits of each beside Lighthouse, and `--same 10` that both look at; `--factors 1,1.05,1.2 --times 20 --blocks 8`
 * for planted regressions, and `--peers FOLDER` for what the tools that are installed there say of them, instead.
 * `--write` keeps what was measured, and leaves what was not.
 */
const { positionals, values } = readOptions({
  allowPositionals: true,
  options: {
    formula: { type: 'string', default: '0' },
    runs: { type: 'string', default: '10' },
    same: { type: 'string', default: '10' },
    factors: { type: 'string', default: '' },
    times: { type: 'string', default: '20' },
    blocks: { type: 'string', default: '0' },
    peers: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const bench = fileURLToPath(new URL('..', import.meta.url))
const pages = Number(values.formula)
const formula = pages > 0 ? await inSession(() => compareFormulas(pages)) : undefined

const agreement: LabResults['agreement'][number][] = []
const visits = { runs: Number(values.runs), same: Number(values.same) }
for (const folder of positionals) agreement.push(await inSession(() => agreeOn(resolve(folder), visits)))

const planted: LabResults['planted'][number][] = []
const peers: LabResults['peers'][number][] = []
for (const factor of list(values.factors).map(Number)) {
  const times = Number(values.times)
  if (values.peers === undefined) {
    planted.push(await inSession(() => comparePlanted(factor, times, Number(values.blocks))))
  } else peers.push(...(await askPeers(resolve(values.peers), factor, times)))
}

const file = join(bench, 'lab/results.json')
const kept = JSON.parse(readFileSync(file, 'utf8')) as LabResults
const results: LabResults = { ...(formula ? { formula } : {}), agreement, planted, peers }
process.stdout.write(renderLab(results))
if (values.write) {
  const all = mergeResults(kept, results)
  writeSection(join(bench, 'RESULTS.md'), renderLab(all))
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
}

function list(written: string): string[] {
  return written.split(',').filter((part) => part !== '')
}
