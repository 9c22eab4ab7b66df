import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { chromium } from '@playwright/test'
import { readEnvironment } from '../../e2e/support/environment.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { measureWorker } from './measure-worker.ts'
import { renderWorker } from './render-worker.ts'

/**
 * The bench of the service worker: `npm run bench -- service-worker [--rounds 6] [--path /dashboard] [--also /photos] [--write]`.
 * `--also` is another page, of which only visits are measured: how much of a page is live differs from page to page.
 */

const { values } = readOptions({
  options: {
    rounds: { type: 'string', default: '6' },
    path: { type: 'string', default: '/dashboard' },
    also: { type: 'string', default: '/photos' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 2) {
  throw new Error(`\`--rounds\` must be a whole number from 2 on; received ${values.rounds}.`)
}
const bench = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
const { chromium: executablePath, flags } = readEnvironment(process.env)
const browser = await chromium.launch({ args: flags, ...(executablePath !== undefined && { executablePath }) })
try {
  const machine = describeMachine()
  const date = new Date().toISOString().slice(0, 10)
  const app = resolve(bench, '../playground')
  const results = await measureWorker(browser, { app, folder, path: values.path, also: values.also, rounds })
  const page = renderWorker(results, date, machine, browser.version())
  process.stdout.write(page)
  if (values.write) {
    writeSection(join(bench, 'RESULTS.md'), page)
    const text = JSON.stringify({ date, machine, chromium: browser.version(), ...results }, null, 2)
    writeFileSync(join(bench, 'service-worker/results.json'), `${text}\n`)
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
