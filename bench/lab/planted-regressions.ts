import { compareBuilds, createProgress, openSite, withBrowser } from '@paceline/lab'
import type { RouteComparison } from '@paceline/lab'
import { withPlanted } from '../../e2e/support/lab/planted-app.ts'
import type { PlantedBuild } from '../../e2e/support/lab/planted-app.ts'

/**
 * Turns of the loop that gets slower, for us and for others, with CPU times and without. About 100 ms of script time on a machine of 2026: a loop of
 * a tenth of a millisecond more is nothing that a clock could tell.
 */
export const TURNS = 3_000_000

export interface PlantedResult {
  /** How much more the module works; 1 is the build against itself. */
  readonly factor: number
  /** Of its loop, as it is. Absent in rows that were kept before it was written down, like {@link cpuUnsure}. */
  readonly turns?: number
  /** Blocks of four visits for CPU times; 0: counts alone. */
  readonly blocks: number
  readonly runs: number
  /** Runs whose verdict is `slower`. */
  readonly slower: number
  /** Runs that could not tell. */
  readonly noisy: number
  /** Runs that name the module, and nothing else. */
  readonly attributed: number
  /** Factors that were said of the module. */
  readonly ratios: readonly number[]
  /** Runs in which the CPU time of scripts alone says that it is slower. */
  readonly byCpu: number
  /** Runs in which the CPU time of scripts alone could not tell; the verdict has the counts, too. */
  readonly cpuUnsure?: number
  /** s, of one comparison. */
  readonly seconds: number
}

/**
 * Compares an app with itself, where one module works `factor` times as much.
 *
 * @param blocks of CPU times; 0 counts alone
 */
export async function comparePlanted(factor: number, runs: number, blocks: number): Promise<PlantedResult> {
  // Both are built once: what is repeated is the comparison.
  const { found, seconds } = await withPlanted(
    1,
    (before) => withPlanted(factor, (after) => compareOften({ before, after, runs, blocks, factor }), TURNS),
    TURNS,
  )
  const module = (one: RouteComparison): RouteComparison['modules'][number] | undefined =>
    one.modules.find(({ name, status }) => name === 'src/editor.js' && status === 'more')
  const byCpu = (wanted: 'more' | 'noisy'): number =>
    found.filter(({ cpu }) => cpu.some(({ name, status }) => name === 'script' && status === wanted)).length
  return {
    factor,
    turns: TURNS,
    blocks,
    runs,
    slower: found.filter(({ verdict }) => verdict === 'slower').length,
    noisy: found.filter(({ verdict }) => verdict === 'noisy').length,
    attributed: found.filter((one) => module(one) !== undefined && one.modules.length === 1).length,
    ratios: found.flatMap((one) => module(one)?.ratio ?? []),
    byCpu: byCpu('more'),
    ...(blocks === 0 ? {} : { cpuUnsure: byCpu('noisy') }),
    seconds,
  }
}

interface Repeated {
  readonly before: PlantedBuild
  readonly after: PlantedBuild
  readonly runs: number
  readonly blocks: number
  readonly factor: number
}

async function compareOften({
  before,
  after,
  runs,
  blocks,
  factor,
}: Repeated): Promise<{ readonly found: RouteComparison[]; readonly seconds: number }> {
  const sites = await Promise.all([before, after].map(({ dist }) => openSite({ given: dist, cwd: '.' })))
  const found: RouteComparison[] = []
  const began = performance.now()
  try {
    for (let run = 0; run < runs; run++) {
      const [one] = await withBrowser((browser) =>
        compareBuilds(browser, {
          routes: ['/'],
          blocks,
          timeout: 30_000,
          insecure: false,
          tolerance: 0.03,
          baseline: sites[0]!.url,
          candidate: sites[1]!.url,
          findTable: async (hash) => (await before.findTable(hash)) ?? after.findTable(hash),
          progress: createProgress(() => undefined),
        }),
      )
      found.push(one!)
      const cpu = one!.cpu.find(({ name }) => name === 'script')
      const time = cpu === undefined ? '' : `, CPU time of scripts ×${cpu.ratio.toFixed(3)} ${cpu.status}`
      process.stderr.write(`×${factor} ${run + 1}/${runs}: ${one!.verdict} ${one!.reasons[0] ?? ''}${time}\n`)
    }
  } finally {
    await Promise.all(sites.map((site) => site.close()))
  }
  return { found, seconds: (performance.now() - began) / runs / 1000 }
}
