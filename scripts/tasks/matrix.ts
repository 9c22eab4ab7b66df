import { runScript, runTool } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { answer, tell } from '../lib/tell.ts'
import { allPassed, closingLine, describeResult } from '../results/suite-result.ts'
import { matrixTests } from './matrix-tests.ts'

/** `npm run test:matrix [-- vue svelte newcomer …]`: real apps with the packed packages; all without a name. */

tell('Building the packages …')
const packages = await runTool('tsdown', ['--logLevel', 'warn'])
const dashboard = packages.code === 0 ? await runScript('@paceline/collector', 'build:dashboard') : packages
if (dashboard.code !== 0) {
  throw new SetupError(
    'The packages cannot be built; the reason stands above. Put it right, then run `npm run test:matrix` again.',
  )
}
const result = await matrixTests(process.argv.slice(2))
answer('')
answer(describeResult(result))
answer(closingLine([result]))
process.exitCode = allPassed([result]) ? 0 : 1
