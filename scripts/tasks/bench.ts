import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { npmCommand } from '../lib/npm.mjs'
import { root } from '../lib/root.mjs'
import { run, runTool } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'
import { BENCHES, duration, planSession } from './bench-plan.ts'
import type { PlannedBench } from './bench-plan.ts'

/**
 * `npm run bench` measures everything in one session; `npm run bench -- --apps FOLDER` the public apps, too; `npm run bench -- NAME …` one bench. What Paceline
 * is compared with is installed into bench/, and the packages are built, before.
 */

const bench = join(root, 'bench')
/** Name → minutes that it took in the last session of all. */
const DURATIONS = join(bench, 'durations.json')

const [first, ...rest] = process.argv.slice(2)
const named = BENCHES.find((name) => name === first)
if (first !== undefined && named === undefined && first !== '--apps') {
  throw new SetupError(
    `There is no bench called \`${first}\`. Known: ${BENCHES.join(', ')}; without a name all of them are run.`,
  )
}
const plan = named === undefined ? sessionPlan() : undefined

await prepare()
process.exitCode = plan ? await runSession(plan) : await runBench(named!, rest)

function sessionPlan(): readonly PlannedBench[] {
  const { apps } = parseArgs({ options: { apps: { type: 'string' } } }).values
  if (apps === undefined) {
    tell(
      'Only the playground is measured. `npm run bench -- stack --fetch ../apps`, then `npm run bench -- --apps ../apps` takes two public apps, too.',
    )
  }
  const took = readDurations()
  const planned = planSession(join(root, 'playground'), apps).map((one) => ({
    ...one,
    minutes: took[one.name] ?? one.minutes,
  }))
  const total = planned.reduce((sum, { minutes }) => sum + minutes, 0)
  tell(`${planned.length} benches, about ${duration(total)}, on a machine that does nothing else:`)
  for (const { name, minutes } of planned) {
    tell(`  ${name}: ${took[name] === undefined ? 'about' : 'last time'} ${duration(minutes)}`)
  }
  return planned
}

/** A bench that breaks does not keep the others from being measured. */
async function runSession(planned: readonly PlannedBench[]): Promise<number> {
  const broken: string[] = []
  for (const [index, { name, args, minutes }] of planned.entries()) {
    tell(`${name}, ${index + 1} of ${planned.length}, about ${duration(minutes)} …`)
    const began = performance.now()
    const code = await runBench(name, args)
    if (code !== 0) broken.push(name)
    else writeDuration(name, (performance.now() - began) / 60_000)
  }
  if (broken.length === 0) return 0
  tell(`Not measured, for the reasons above: ${broken.join(', ')}. RESULTS.md has what was measured of them before.`)
  return 1
}

async function runBench(name: string, args: readonly string[]): Promise<number> {
  const { code } = await run(process.execPath, [join(bench, name, 'main.ts'), ...args])
  return code ?? 1
}

async function prepare(): Promise<void> {
  const { command, prefix, shell } = npmCommand()
  const quiet = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  tell('Installing what is compared …')
  const installed = await run(command, [...prefix, ...quiet], { cwd: bench, shell })
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
}

function readDurations(): Readonly<Record<string, number>> {
  return existsSync(DURATIONS) ? (JSON.parse(readFileSync(DURATIONS, 'utf8')) as Record<string, number>) : {}
}

function writeDuration(name: string, minutes: number): void {
  const all = { ...readDurations(), [name]: Number(minutes.toFixed(1)) }
  writeFileSync(DURATIONS, `${JSON.stringify(all, null, 2)}\n`)
}
