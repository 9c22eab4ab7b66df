import { chromiumEnvironment } from '../browser/chromium-environment.ts'
import { runTool } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'
import { emptyReport, readReportFile } from '../results/report-file.ts'
import { judgeRun } from '../results/suite-result.ts'
import type { SuiteResult } from '../results/suite-result.ts'
import { readVitestReport } from '../results/vitest-report.ts'

const NAME = 'matrix'

/**
 * Installs the packed packages into real apps, builds those, and runs them in Chromium. The packages have to be built.
 *
 * @param words names of apps, `newcomer` or `quick`; all without one
 */
export async function matrixTests(words: readonly string[]): Promise<SuiteResult> {
  const chromium = await chromiumEnvironment().catch((error: unknown) => {
    if (error instanceof SetupError) return error
    throw error
  })
  if (chromium instanceof SetupError) return { name: NAME, passed: 0, failed: 1, skipped: 0, problem: chromium.message }
  tell('\nInstalling, building and running apps that use the packed packages …')
  const report = emptyReport('matrix.json')
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await runTool('vitest', ['run', '--config', 'matrix/vitest.config.ts', ...reporters], {
    env: { ...chromium, PACELINE_MATRIX: words.join(',') },
  })
  return judgeRun({ name: NAME, code, counted: readReportFile(report, readVitestReport) })
}
