import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { assembleRuntime, bundleProgram } from '../../packages/vitals/src/adapters/assemble-runtime.ts'
import { resolveVitalsOptions } from '../../packages/vitals/src/resolve-options.ts'
import { readEnvironment } from '../../e2e/support/environment.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { bundleAll, WEB_VITALS } from './bundle-peers.ts'
import { measureCost, type Cost } from './measure-cost.ts'
import { renderVitals } from './render-vitals.ts'
import { serveWithRuntime } from './serve-with-runtime.ts'

/** The bench of the vitals: `npm run bench -- vitals --pairs 20 --write`. The playground must be built; `--pairs 0` measures sizes only. */

const bench = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '20' }, write: { type: 'boolean', default: false } },
})
const pairs = Number(values.pairs)
if (!Number.isInteger(pairs) || pairs < 0) {
  throw new Error(`\`--pairs\` must be a whole number from 0 on; received ${values.pairs}.`)
}
const machine = describeMachine()
const sizes = await bundleAll(bench)
const cost = pairs === 0 ? undefined : await costOnPlayground(pairs)
const results = { date: new Date().toISOString().slice(0, 10), machine, sizes, cost }
const section = renderVitals(results)
process.stdout.write(section)
if (values.write) {
  writeSection(join(bench, 'RESULTS.md'), section)
  writeFileSync(join(bench, 'vitals/results.json'), `${JSON.stringify(results, null, 2)}\n`)
}

async function costOnPlayground(count: number): Promise<Cost> {
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
    const options = resolveVitalsOptions({})
    const used = { operations: true, subscribe: false }
    const code = await assembleRuntime({ options, sampleRate: 1, used, routes: [], hasWorker: false })
    const site = await serveWithRuntime(address, code, await bundleProgram(WEB_VITALS, {}, bench))
    try {
      return await measureCost(browser, `${site.url}/dashboard`, count)
    } finally {
      site.close()
    }
  } finally {
    await browser.close()
    server.kill()
  }
}
