import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readOptions } from '../lib/read-options.ts'
import { appIn } from '../chunks/apps.ts'
import { measuredHere } from '../chunks/stored-results.ts'
import type { Measured } from '../chunks/stored-results.ts'
import { writeSection } from '../lib/results-page.ts'
import { replaceBlock } from '../lib/replace-block.ts'
import { fetchApps } from './fetch-apps.ts'
import { measureStack, PARTS } from './measure-stack.ts'
import type { PartName } from './measure-stack.ts'
import { README_BLOCK, renderReadme } from './render-readme.ts'
import { renderStack } from './render-stack.ts'
import type { StackResults, StoredStack } from './render-stack.ts'

/**
 * The bench of the whole stack: `npm run bench -- stack [APP …] [--parts builds,outputs,visits] [--rounds 5] [--warm-ups 1] [--runs 5] [--write]`; without
 * apps the playground. `--fetch FOLDER` gets the two public apps there and ends. `--write` puts what was measured into RESULTS.md and README.md and
 * leaves there what was not.
 */
const { positionals, values } = readOptions({
  allowPositionals: true,
  options: {
    parts: { type: 'string', default: PARTS.join(',') },
    rounds: { type: 'string', default: '5' },
    'warm-ups': { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    fetch: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const bench = resolve(import.meta.dirname, '..')
const stored = join(import.meta.dirname, 'results.json')

if (values.fetch === undefined) await measure()
else fetchApps(resolve(values.fetch))

async function measure(): Promise<void> {
  const [rounds, warmUps, runs] = [whole('rounds', 1), whole('warm-ups', 0), whole('runs', 1)]
  const folders =
    positionals.length === 0 ? [resolve(bench, '../playground')] : positionals.map((folder) => resolve(folder))
  const found: Record<string, Measured<StackResults>> = {}
  for (const root of folders) {
    const app = appIn(root)
    const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
    const tell = (what: string): void => void process.stderr.write(`${app.name}: ${what}\n`)
    try {
      const here = measuredHere()
      found[app.name] = here(
        await measureStack({ app, root, folder, tell }, { parts: partsOf(values.parts), rounds, warmUps, runs }),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  }
  process.stdout.write(renderStack(found))
  if (values.write) keep(found)
}

/** Parts that were not measured now stay as they were. */
function keep(found: StoredStack): void {
  const before: StoredStack = existsSync(stored) ? JSON.parse(readFileSync(stored, 'utf8')) : {}
  const merged = Object.entries(found).map(([name, { value, ...where }]) => [
    name,
    { ...where, value: { ...before[name]?.value, ...value } },
  ])
  const all: StoredStack = { ...before, ...Object.fromEntries(merged) }
  writeFileSync(stored, `${JSON.stringify(all, null, 2)}\n`)
  writeSection(join(bench, 'RESULTS.md'), renderStack(all))
  const readme = resolve(bench, '../README.md')
  writeFileSync(readme, replaceBlock(readFileSync(readme, 'utf8'), README_BLOCK, renderReadme(all)))
  // `npm run check` looks at the format of every file, also of what this wrote.
  execFileSync('oxfmt', [readme], { stdio: 'ignore' })
}

function whole(option: 'rounds' | 'warm-ups' | 'runs', least: number): number {
  const number = Number(values[option])
  if (Number.isInteger(number) && number >= least) return number
  throw new Error(`\`--${option}\` must be a whole number from ${least} on; received ${values[option]}.`)
}

function partsOf(written: string): PartName[] {
  const unknown = written.split(',').find((name) => !PARTS.some((part) => part === name))
  if (unknown !== undefined) throw new Error(`\`--parts\` does not know '${unknown}'. Known: ${PARTS.join(', ')}.`)
  return PARTS.filter((part) => written.split(',').includes(part))
}
