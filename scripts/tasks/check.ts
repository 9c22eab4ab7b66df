import { checkSteps } from '../checks/steps.ts'
import { answer, tell } from '../lib/tell.ts'
import { allPassed, closingLine } from '../results/suite-result.ts'
import type { SuiteResult } from '../results/suite-result.ts'

/**
 * `npm run check`: all steps, also after one has failed, with the verdicts at the end. `--update` writes down the public
 * API as it is. Words narrow it down to the steps with one of them in their name: `npm run check -- lint types`.
 */

const args = process.argv.slice(2)
const words = args.filter((arg) => !arg.startsWith('--'))
const steps = checkSteps({ update: args.includes('--update') }).filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
)

const lines: string[] = []
const results: SuiteResult[] = []
for (const { name, run } of steps) {
  tell(`… ${name}`)
  const started = Date.now()
  const { passed, output } = await run().catch(thrown)
  if (!passed) answer(`\n${name}:\n${output}`)
  lines.push(`  ${passed ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  results.push({ name, passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })
}

answer('')
for (const line of lines) answer(line)
answer(closingLine(results))
process.exitCode = allPassed(results) ? 0 : 1

/** A step that throws has failed; the others still run. */
function thrown(error: unknown): { passed: boolean; output: string } {
  return { passed: false, output: `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n` }
}
