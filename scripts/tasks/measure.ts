import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromiumEnvironment } from '../browser/chromium-environment.ts'
import { root } from '../lib/root.mjs'
import { runScript, runTool } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { answer, tell } from '../lib/tell.ts'
import { judgeTwins, renderTwins } from '../measure/render-twins.ts'
import { replaceBlock } from '../../bench/lib/replace-block.ts'
import { writeSection } from '../../bench/lib/results-page.ts'

/**
 * `npm run measure`: build the playground and its unoptimised twin, visit both in Chromium on slow 4G with a processor four times slower, print
 * the table. `-- --runs 10` for more visits, `--write` for the table in README.md and bench/RESULTS.md, `--built` when both are built already. Ends with 0 when
 * what the playground promises holds, 1 when not, 2 when it could not be told.
 */

const ROUTE = '/dashboard'
const PLAYGROUND = '@paceline/playground'
/** Shares by which the playground stays below its twin. */
const LOWER = { lowerTti: 0.42, lowerScript: 0.41 }

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 3 || runs > 200) {
  throw new SetupError(
    `\`--runs\` must be a whole number from 3 to 200; received '${values.runs}'. Leave it out for five visits.`,
  )
}

Object.assign(process.env, await chromiumEnvironment())
if (!values.built) {
  // What is measured is this release: files of earlier ones are left out.
  const env = { LUMEN_RELEASES: '0' }
  await build('packages', () => runTool('tsdown', ['--logLevel', 'warn']))
  await build('dashboard', () => runScript('@paceline/collector', 'build:dashboard'))
  await build('playground', () => runScript(PLAYGROUND, 'build', { env }))
  await build("playground's twin", () => runScript(PLAYGROUND, 'build:baseline'))
}
const load = loadavg()[0]!
// The lab needs the packages that were built just now.
const { measureTwins } = await import('../measure/measure-twins.ts')
const playground = join(root, 'playground')
const twins = await measureTwins({ playground, route: ROUTE, profile: 'slow-4g-4x', runs, say: tell })
const checks = judgeTwins(twins, { tti: promisedTti(), ...LOWER })
const machine = `${cpus().length} cores with a load of ${load.toFixed(1)} before`
const table = renderTwins(twins, checks, { route: ROUTE, machine })
answer(table)
if (values.write) {
  // What README says stands among the results, too.
  writeSection(
    join(root, 'bench/RESULTS.md'),
    `# The playground and its twin\n\nMade by \`npm run measure -- --write\`; do not edit. ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}.\n\n${table}\n`,
  )
  const readme = join(root, 'README.md')
  writeFileSync(readme, replaceBlock(readFileSync(readme, 'utf8'), 'npm run measure', table))
  // `npm run check` looks at the format of every file, also of what this wrote.
  const { code } = await runTool('oxfmt', [readme])
  if (code !== 0) throw new SetupError('README.md has the table, and oxfmt cannot format it; the reason stands above.')
  tell('README.md has the table.')
}
const failures = checks.filter(({ status }) => status !== 'holds')
for (const { what, status } of failures) tell(`${status === 'broken' ? '✗' : '? not known:'} ${what}`)
process.exitCode = failures.some(({ status }) => status === 'broken') ? 1 : failures.length > 0 ? 2 : 0

/** ms: the limit that the build has put into its report. */
function promisedTti(): number {
  const file = join(playground, '.paceline/report.json')
  const { sla } = JSON.parse(readFileSync(file, 'utf8')) as { readonly sla?: { readonly tti?: number } }
  if (sla?.tti === undefined)
    throw new SetupError(`\`${file}\` has no limit for TTI. Name one in playground/build/sla.ts.`)
  return sla.tti
}

async function build(name: string, run: () => Promise<{ readonly code: number | null }>): Promise<void> {
  tell(`Building the ${name} …`)
  const { code } = await run()
  if (code !== 0)
    throw new SetupError(
      `The ${name} cannot be built; the reason stands above. Put it right, then run \`npm run measure\` again.`,
    )
}
