import { join } from 'node:path'
import { npmCommand } from '../lib/npm.mjs'
import { root } from '../lib/root.mjs'
import { run, runTool } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'

/** `npm run bench [-- analysis|cache|chunks|collector|compress|delivery|service-worker …]`: install what Paceline is compared with into bench/, build the packages, measure. */

const BENCHES: readonly string[] = [
  'analysis',
  'cache',
  'chunks',
  'collector',
  'compress',
  'delivery',
  'images',
  'lab',
  'service-worker',
  'vitals',
]
const bench = join(root, 'bench')
const [first = '', ...rest] = process.argv.slice(2)
const [subject, options] = BENCHES.includes(first) ? [first, rest] : ['analysis', process.argv.slice(2)]
const { command, prefix, shell } = npmCommand()

tell('Installing what is compared …')
const installed = await run(
  command,
  [...prefix, 'ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
  {
    cwd: bench,
    shell,
  },
)
if (installed.code !== 0)
  throw new SetupError(
    'The peers in bench/ are not installed; the reason stands above. Put it right, then run `npm run bench` again.',
  )
tell('Building the packages …')
if ((await runTool('tsdown', ['--logLevel', 'warn'])).code !== 0) {
  throw new SetupError(
    'The packages cannot be built; the reason stands above. Put it right, then run `npm run bench` again.',
  )
}
const { code } = await run(process.execPath, [join(bench, subject, 'main.ts'), ...options])
process.exitCode = code ?? 1
