import { join } from 'node:path'
import { findChdb } from '../chdb/find-chdb.ts'
import { chromiumEnvironment } from '../browser/chromium-environment.ts'
import { root } from '../lib/root.mjs'
import { runScript, runTool } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { answer, tell } from '../lib/tell.ts'
import { findNginx } from '../machine/find-web-servers.ts'
import { findPromtool } from '../promtool/find-promtool.ts'
import { findRedisServer } from '../redis/find-redis.ts'
import { readPlaywrightReport } from '../results/playwright-report.ts'
import { emptyReport, readReportFile } from '../results/report-file.ts'
import { allPassed, closingLine, describeResult, judgeRun } from '../results/suite-result.ts'
import type { SuiteResult } from '../results/suite-result.ts'
import { readVitestReport } from '../results/vitest-report.ts'
import { findTool } from './find-tool.ts'
import { matrixTests } from './matrix-tests.ts'
import { planSuites } from './plan-suites.ts'

/** `npm test`: build, unit and plugin tests, the playground in a real Chromium, some apps of the matrix; the last line has the sums. */

const { unit, browser, matrix } = planSuites(process.argv.slice(2))

const results: SuiteResult[] = []
if (
  (await build('packages', () => runTool('tsdown', ['--logLevel', 'warn']))) &&
  (await build('dashboard', () => runScript('@paceline/collector', 'build:dashboard')))
) {
  if (unit !== undefined) results.push(await unitTests(unit))
  if (browser !== undefined && (await buildPlaygrounds())) results.push(await browserTests(browser))
  if (matrix !== undefined) results.push(await matrixTests(matrix))
}

answer('')
for (const result of results) answer(describeResult(result))
answer(closingLine(results))
process.exitCode = allPassed(results) ? 0 : 1

/** A build that works is no test and counts as nothing; one that fails is a failure. */
async function build(name: string, run: () => Promise<{ readonly code: number | null }>): Promise<boolean> {
  tell(`\nBuilding the ${name} …`)
  const { code } = await run()
  if (code === 0) return true
  results.push({ name: `build of the ${name}`, passed: 0, failed: 1, skipped: 0, problem: 'what needs it did not run' })
  return false
}

/** In the chunks of its plan, and in those that Vite makes by itself. */
async function buildPlaygrounds(): Promise<boolean> {
  // What is measured is this release: files of earlier ones are left out.
  const env = { LUMEN_RELEASES: '0' }
  return (
    (await build('playground', () => runScript('@paceline/playground', 'build', { env }))) &&
    (await build('playground in default chunks', () => runScript('@paceline/playground', 'build:default', { env })))
  )
}

async function unitTests(filters: readonly string[]): Promise<SuiteResult> {
  const redis = await found('Redis', filters, /artifact-cache|collector|paceline/, findRedisServer)
  const nginx = await found('nginx', filters, /delivery/, findNginx)
  // Both are mostly waiting for the network, and neither is in the other's way.
  const [chdb, promtool] = await Promise.all([
    found('chDB', filters, /collector/, findChdb),
    found('promtool', filters, /collector/, findPromtool),
  ])
  tell('\nRunning the unit and plugin tests …')
  const report = emptyReport('vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await runTool('vitest', ['run', ...reporters, ...filters], {
    env: {
      ...(redis === undefined ? {} : { PACELINE_REDIS_SERVER: redis }),
      ...(nginx === undefined ? {} : { PACELINE_NGINX: nginx }),
      ...(chdb === undefined ? {} : { PACELINE_CHDB: chdb }),
      ...(promtool === undefined ? {} : { PACELINE_PROMTOOL: promtool }),
    },
  })
  return judgeRun({ name: 'vitest', code, counted: readReportFile(report, readVitestReport) })
}

/** Nothing is installed for tests that do not need it. Without a server those that do fail, each with a sentence; all others count. */
async function found(
  name: string,
  filters: readonly string[],
  needs: RegExp,
  find: () => Promise<string>,
): Promise<string | undefined> {
  const needed = filters.length === 0 || filters.some((filter) => needs.test(filter))
  if (!needed) return undefined
  const { path, failure } = await findTool(name, find)
  if (failure && !results.some((result) => result.name === failure.name)) results.push(failure)
  return path
}

async function browserTests(filters: readonly string[]): Promise<SuiteResult> {
  const nginx = await found('nginx', filters, /delivery/, findNginx)
  const chromium = await chromiumEnvironment().catch(setupProblem)
  if ('problem' in chromium) return chromium
  tell(`\nRunning the browser tests in ${chromium.PACELINE_CHROMIUM} …`)
  const report = emptyReport('playwright.json')
  const { code } = await runTool('playwright', ['test', ...filters], {
    cwd: join(root, 'e2e'),
    env: {
      ...chromium,
      ...(nginx === undefined ? {} : { PACELINE_NGINX: nginx }),
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  })
  return judgeRun({ name: 'playwright', code, counted: readReportFile(report, readPlaywrightReport) })
}

/** Without a browser the other figures still stand. */
function setupProblem(error: unknown): SuiteResult & { readonly problem: string } {
  if (!(error instanceof SetupError)) throw error
  return { name: 'playwright', passed: 0, failed: 1, skipped: 0, problem: error.message }
}
