import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { chromium, type Browser } from '@playwright/test'
import { readEnvironment } from '../../e2e/support/environment.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { bundleAll } from './bundle-peers.ts'
import { measureCost } from './measure-cost.ts'
import { PACELINE, pagePrograms } from './page-programs.ts'
import { measureInfluence } from './paired-visits.ts'
import { renderVitals, type VitalsResults } from './render-vitals.ts'
import { serveWithRuntime } from './serve-with-runtime.ts'

/**
 * The bench of the vitals: `npm run bench -- vitals --visits 10 --pairs 20 --write`. The playground must be built; `--visits 0` and `--pairs 0` leave
 * out what it is needed for. `--no-sizes` keeps the sizes of the last session: they need the peers.
 */

const bench = fileURLToPath(new URL('..', import.meta.url))
const { values } = readOptions({
  allowNegative: true,
  options: {
    sizes: { type: 'boolean', default: true },
    visits: { type: 'string', default: '10' },
    pairs: { type: 'string', default: '20' },
    write: { type: 'boolean', default: false },
  },
})
const [visits, pairs] = [count('visits'), count('pairs')]
const file = join(bench, 'vitals/results.json')
const last = JSON.parse(readFileSync(file, 'utf8')) as VitalsResults
const sizes = values.sizes ? await bundleAll(bench) : last.sizes
const measured = visits + pairs === 0 ? {} : await onPlayground(measure)
const machine = describeMachine()
const results: VitalsResults = { date: new Date().toISOString().slice(0, 10), machine, sizes, ...measured }
const section = renderVitals(results)
process.stdout.write(section)
if (values.write) {
  writeSection(join(bench, 'RESULTS.md'), section)
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

function count(name: 'visits' | 'pairs'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new Error(`\`--${name}\` must be a whole number from 0 on; received ${values[name]}.`)
}

async function measure(browser: Browser, address: string): Promise<Pick<VitalsResults, 'costs' | 'influence'>> {
  const programs = await pagePrograms(bench)
  const site = await serveWithRuntime(address, programs)
  const page = `${site.url}/dashboard`
  try {
    return {
      ...(visits > 0 && { costs: await measureCost(browser, page, Object.keys(programs), visits) }),
      ...(pairs > 0 && { influence: await measureInfluence(browser, page, PACELINE, pairs) }),
    }
  } finally {
    site.close()
  }
}

async function onPlayground<Result>(use: (browser: Browser, address: string) => Promise<Result>): Promise<Result> {
  const { chromium: executablePath, flags } = readEnvironment(process.env)
  const server = spawn(
    process.execPath,
    ['server/main.ts', '--port', '0', '--dist', 'dist', '--beacons', mkdtempSync(join(tmpdir(), 'paceline-bench-'))],
    {
      cwd: join(bench, '../playground'),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const browser = await chromium.launch({ args: flags, ...(executablePath !== undefined && { executablePath }) })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      server.stdout.on('data', (text) => {
        const found = /https?:\/\/[^\s/]+/.exec(String(text))?.[0]
        if (found) resolve(found)
      })
      server.on('exit', () =>
        reject(new Error('`playground` could not be served. Build it first: npm run build in it.')),
      )
    })
    return await use(browser, address)
  } finally {
    await browser.close()
    server.kill()
  }
}
