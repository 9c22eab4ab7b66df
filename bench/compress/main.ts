import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '../lib/read-options.ts'
import { describeMachine } from '../lib/machine.ts'
import { writeSection } from '../lib/results-page.ts'
import { runRounds } from '../lib/rounds.ts'
import { runBuild } from '../lib/run-build.ts'
import type { Usage } from '../lib/usage.ts'
import { changeOneLine } from './change-one-line.ts'
import { measureLarge } from './large-dist.ts'
import { makeDist } from './make-dist.ts'
import { isFault, startFaultyRedis } from './faults.ts'
import { startRedis } from './redis.ts'
import { renderCompress } from './render-compress.ts'
import { summariseCompress, type CompressResults } from './summarise.ts'
import { ENV, VARIANTS, type VariantName } from './variants.ts'

/** The bench of compression: `npm run bench -- compress --rounds 10 --write`; `--dist FOLDER` takes other files. */

const bench = fileURLToPath(new URL('..', import.meta.url))
const { values } = readOptions({
  options: {
    rounds: { type: 'string', default: '10' },
    dist: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`\`--rounds\` must be a whole number from 1 on; received ${values.rounds}.`)
}
const dist = values.dist === undefined ? makeDist(join(bench, 'node_modules/.cache/compress')) : resolve(values.dist)

/** Between `cold` and `warm`, which finds what that left. */
const KEEPS_CACHE: ReadonlySet<VariantName> = new Set(['bare', 'floor', 'peer', 'warm'])
const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-'))
const redis = await startRedis(folder)
try {
  const machine = describeMachine()
  const variants = VARIANTS.filter((name) => (name !== 'redis' && !isFault(name)) || redis !== undefined)
  if (!redis) process.stderr.write('There is no redis-server: the variants with one are left out.\n')
  const measured = await runRounds(variants, { rounds, warmUps: 1 }, (variant, round) => {
    process.stderr.write(`round ${round + 1} of ${rounds}: ${variant}\n`)
    return build(variant as VariantName)
  })
  process.stderr.write('changing one line of the playground …\n')
  const results: CompressResults = {
    date: new Date().toISOString().slice(0, 10),
    ...countFiles(dist),
    files: values.dist === undefined ? 'usual' : dist,
    machine,
    rounds,
    ...summariseCompress(measured, variants),
    loadAfter: loadavg()[0] ?? 0,
    large: await measureLarge(dist, folder, build),
    change: await changeOneLine(resolve(bench, '../playground'), folder),
  }
  const page = renderCompress(results)
  process.stdout.write(page)
  if (values.write) {
    writeSection(join(bench, 'RESULTS.md'), page)
    writeFileSync(join(bench, 'compress/results.json'), `${JSON.stringify(results, null, 2)}\n`)
  }
} finally {
  await redis?.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function build(variant: VariantName, files: string = dist): Promise<Usage> {
  // `warm` finds what `cold` of the same round left; a clean checkout has no directory.
  const cache = join(folder, variant === 'redis' ? 'checkout' : 'cache')
  if (!KEEPS_CACHE.has(variant)) rmSync(cache, { recursive: true, force: true })
  const server = isFault(variant) ? await startFaultyRedis(variant, folder) : redis
  const env = { [ENV.dist]: files, [ENV.cache]: cache, ...(server && { [ENV.redis]: server.url }) }
  const task = {
    configModule: join(bench, 'compress/config.ts'),
    variant,
    app: join(bench, 'compress/app'),
    outDir: join(folder, variant, 'dist'),
    reportDir: join(folder, variant, 'report'),
    figures: false,
  }
  try {
    return await runBuild(task, env)
  } finally {
    if (server !== redis) await server?.stop()
  }
}

function countFiles(dir: string): { readonly count: number; readonly bytes: number } {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = entries.map((entry) => statSync(join(entry.parentPath, entry.name)).size)
  return { count: entries.length, bytes: bytes.reduce((sum, size) => sum + size, 0) }
}
