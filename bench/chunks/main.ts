import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { appIn } from './apps.ts'
import { viteOf } from './load-app-config.ts'
import { measureBounds, measureNeeds, measureStrategy } from './measure-app.ts'
import type { Workplace } from './measure-app.ts'
import { renderApp } from './render-chunks.ts'
import { figuresOf } from './route-figures.ts'
import type { RouteFigures } from './route-figures.ts'
import { STRATEGIES } from './strategies.ts'
import type { StrategyName } from './strategies.ts'
import { summariseApp } from './summarise-app.ts'
import type { AppResults } from './summarise-app.ts'

/**
 * The bench of the chunks: `npm run bench -- chunks [FOLDER …] [--strategies a,b] [--no-bound] [--json FILE]`. Without
 * folders it takes the playground.
 */

const PLAYGROUND = resolve(import.meta.dirname, '../../playground')

const { positionals, values } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    strategies: { type: 'string' },
    bound: { type: 'boolean', default: true },
    json: { type: 'string' },
  },
})
const strategies = STRATEGIES.filter((name) => values.strategies?.split(',').includes(name) ?? true)
const folders = positionals.length === 0 ? [PLAYGROUND] : positionals.map((folder) => resolve(folder))
const temporary = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
try {
  const results: AppResults[] = []
  for (const root of folders) {
    const app = appIn(root)
    results.push(await measure({ app, root, folder: join(temporary, app.name) }))
  }
  process.stdout.write(results.map(renderApp).join('\n'))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

async function measure(place: Workplace): Promise<AppResults> {
  const { name } = place.app
  const tell = (what: string): boolean => process.stderr.write(`${name}: ${what}\n`)
  tell('one chunk per module')
  const needs = await measureNeeds(place)
  const measured = new Map<StrategyName, RouteFigures[]>()
  const failures: Record<string, string> = {}
  if (values.bound) tell('every route in one chunk')
  const bounds = values.bound ? await measureBounds(place, needs) : new Map<string, number>()
  for (const strategy of strategies) {
    tell(strategy)
    try {
      measured.set(strategy, figuresOf(await measureStrategy(place, strategy), { needs, bounds }))
    } catch (error) {
      failures[strategy] = error instanceof Error ? error.message : String(error)
      tell(failures[strategy])
    }
  }
  const modules = new Set([...needs.values()].flatMap((ids) => [...ids])).size
  const { version } = await viteOf(place.root)
  return { app: name, vite: version, modules, strategies: summariseApp(measured), failures }
}
