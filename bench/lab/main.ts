import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createProgress, measureRoutes, medianOf, profileOf, withBrowser } from '@paceline/lab'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { compareFormulas } from './formula.ts'
import { comparePlanted } from './planted-regressions.ts'
import type { PlantedResult } from './planted-regressions.ts'
import { renderLab } from './render-lab.ts'
import type { Agreement, LabResults } from './render-lab.ts'
import { runLighthouse } from './run-lighthouse.ts'

/**
 * The bench of the lab, in parts: `npm run bench -- lab --formula 2000`, `--url http://localhost:4180/dashboard,… --runs 10` for Lighthouse beside
 * us, `--factors 1,1.05,1.2 --times 20 --blocks 8` for planted regressions. `--write` keeps them.
 */
const { values } = parseArgs({
  options: {
    formula: { type: 'string', default: '0' },
    url: { type: 'string', default: '' },
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
for (const url of list(values.url)) agreement.push(await agree(new URL(url), Number(values.runs)))

const planted: PlantedResult[] = []
for (const factor of list(values.factors).map(Number)) {
  planted.push(await comparePlanted(factor, Number(values.times), Number(values.blocks)))
}

const results: LabResults = {
  date: new Date().toISOString().slice(0, 10),
  machine: describeMachine(),
  load: [before, loadavg()[0]!],
  ...(formula ? { formula } : {}),
  agreement,
  planted,
}
const page = renderLab(results)
process.stdout.write(page)
if (values.write) {
  writeSection(join(bench, 'RESULTS.md'), page)
  writeFileSync(join(bench, 'lab/results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

/** Two visits of Lighthouse do not count either. */
async function agree(url: URL, runs: number): Promise<Agreement> {
  const { version, interactive } = await runLighthouse(url.href, runs + 2)
  const [found] = await withBrowser((browser) =>
    measureRoutes(browser, {
      url: url.origin,
      routes: [url.pathname],
      profiles: [profileOf('slow-4g-4x')],
      kinds: ['cold'],
      runs,
      timeout: 90_000,
      insecure: false,
      sla: undefined,
      progress: createProgress((line) => process.stderr.write(`${line}\n`)),
    }),
  )
  return { page: url.pathname, lighthouse: version, theirs: medianOf(interactive.slice(2)), ours: found!.metrics.tti! }
}

function list(written: string): string[] {
  return written.split(',').filter((part) => part !== '')
}
