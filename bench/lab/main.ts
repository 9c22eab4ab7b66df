import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { agreeOn } from './agreement.ts'
import type { Agreement } from './agreement.ts'
import { compareFormulas } from './formula.ts'
import { comparePlanted } from './planted-regressions.ts'
import type { PlantedResult } from './planted-regressions.ts'
import { mergeResults, renderLab } from './render-lab.ts'
import type { LabResults } from './render-lab.ts'

/**
 * The bench of the lab, in parts: `npm run bench -- lab --formula 2000`; with folders of apps (`playground ../shadcn-admin …`, those of
 * `bench/chunks/apps.ts`) `--runs 10` visits of each beside Lighthouse; `--factors 1,1.05,1.2 --times 20 --blocks 8` for planted regressions.
 * `--write` keeps what was measured, and leaves what was not.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    formula: { type: 'string', default: '0' },
    runs: { type: 'string', default: '10' },
    factors: { type: 'string', default: '' },
    times: { type: 'string', default: '20' },
    blocks: { type: 'string', default: '0' },
    write: { type: 'boolean', default: false },
  },
})
const bench = fileURLToPath(new URL('..', import.meta.url))
const before = loadavg()[0]!
const formula = Number(values.formula) > 0 ? await compareFormulas(Number(values.formula)) : undefined

const agreement: Agreement[] = []
for (const folder of positionals) agreement.push(await agreeOn(resolve(folder), Number(values.runs)))

const planted: PlantedResult[] = []
for (const factor of list(values.factors).map(Number)) {
  planted.push(await comparePlanted(factor, Number(values.times), Number(values.blocks)))
}

const file = join(bench, 'lab/results.json')
const kept = JSON.parse(readFileSync(file, 'utf8')) as LabResults
const results: LabResults = {
  date: new Date().toISOString().slice(0, 10),
  machine: describeMachine(),
  load: [before, loadavg()[0]!],
  ...(formula ? { formula } : {}),
  agreement,
  planted,
}
process.stdout.write(renderLab(results))
if (values.write) {
  const all = mergeResults(kept, results)
  writeSection(join(bench, 'RESULTS.md'), renderLab(all))
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`)
}

function list(written: string): string[] {
  return written.split(',').filter((part) => part !== '')
}
