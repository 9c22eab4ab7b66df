import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../lib/setup-error.mjs'

/** One bench of a session of all. */
export interface PlannedBench {
  readonly name: string
  readonly args: readonly string[]
  /** About how long it takes on two cores, until a session has measured it. */
  readonly minutes: number
}

/** Where `npm run bench -- stack --fetch` puts the public apps, relative to its folder. */
const PUBLIC_APPS = ['shadcn-admin', 'bulletproof-react/apps/react-vite']

/** Every bench by its name: a folder of bench/ with a `main.ts`. */
export const BENCHES = [
  'analysis',
  'cache',
  'chunks',
  'collector',
  'compress',
  'delivery',
  'images',
  'lab',
  'published',
  'scaling',
  'service-worker',
  'stack',
  'vitals',
] as const
type BenchName = (typeof BENCHES)[number]

/**
 * Everything that there is, short and deterministic first, so that what is broken shows early.
 *
 * @param apps folder with the public apps; without it the playground is the only one
 * @throws {SetupError} When an app is not in there.
 */
export function planSession(playground: string, apps: string | undefined): PlannedBench[] {
  const folders = [playground, ...(apps === undefined ? [] : publicApps(apps))]
  const write = '--write'
  const bench = (name: BenchName, minutes: number, ...args: string[]): PlannedBench => ({ name, minutes, args })
  return [
    bench('published', 1, write),
    bench('analysis', 8, '--rounds', '10'),
    bench('compress', 15, '--rounds', '10', write),
    bench('vitals', 10, write),
    bench('service-worker', 10, '--rounds', '6', write),
    bench('delivery', 15, '--parts', 'serve,memory,deltas', '--rounds', '6', '--minutes', '3', write),
    bench(
      'lab',
      25 * folders.length,
      ...folders,
      '--runs',
      '10',
      '--formula',
      '2000',
      '--factors',
      '1,1.05,1.2',
      '--blocks',
      '8',
      write,
    ),
    bench('stack', 25 * folders.length, ...folders, '--rounds', '5', '--runs', '5', write),
    bench('chunks', 15 * folders.length, ...folders, '--parts', 'strategies,planning,following,pages', write),
    bench('images', 45, write),
    bench('cache', 30, write),
    bench('collector', 60, write),
    bench('scaling', 120, '--rounds', '5', write),
  ]
}

function publicApps(folder: string): string[] {
  const found = PUBLIC_APPS.map((app) => join(folder, app))
  const missing = found.find((app) => !existsSync(join(app, 'node_modules')))
  if (missing === undefined) return found
  throw new SetupError(
    `\`--apps\` must name the folder of the public apps; there is no installed one in ${missing}. Run \`npm run bench -- stack --fetch ${folder}\` first.`,
  )
}

/** `95` → `1 h 35 min`. */
export function duration(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes))
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`
}
