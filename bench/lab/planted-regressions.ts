import { compareBuilds, createProgress, openSite, withBrowser } from '@paceline/lab'
import type { RouteComparison } from '@paceline/lab'
import { withPlanted } from '../../e2e/support/lab/planted-app.ts'

export interface PlantedResult {
  /** How much more the module works; 1 is the build against itself. */
  readonly factor: number
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
  /** s, of one comparison. */
  readonly seconds: number
}

/**
 * Compares an app with itself, where one module works `factor` times as much.
 *
 * @param blocks of CPU times; 0 counts alone
 */
export async function comparePlanted(factor: number, runs: number, blocks: number): Promise<PlantedResult> {
  const found: RouteComparison[] = []
  const began = performance.now()
  for (let run = 0; run < runs; run++) {
    found.push(await compareOnce(factor, blocks))
    process.stderr.write(`×${factor} ${run + 1}/${runs}: ${found.at(-1)!.verdict} ${found.at(-1)!.reasons[0] ?? ''}\n`)
  }
  const module = (one: RouteComparison): RouteComparison['modules'][number] | undefined =>
    one.modules.find(({ name, status }) => name === 'src/editor.js' && status === 'more')
  return {
    factor,
    runs,
    slower: found.filter(({ verdict }) => verdict === 'slower').length,
    noisy: found.filter(({ verdict }) => verdict === 'noisy').length,
    attributed: found.filter((one) => module(one) !== undefined && one.modules.length === 1).length,
    ratios: found.flatMap((one) => module(one)?.ratio ?? []),
    byCpu: found.filter(({ cpu }) => cpu.some(({ name, status }) => name === 'script' && status === 'more')).length,
    seconds: (performance.now() - began) / runs / 1000,
  }
}

async function compareOnce(factor: number, blocks: number): Promise<RouteComparison> {
  return withPlanted(1, (before) =>
    withPlanted(factor, async (after) => {
      const sites = await Promise.all([before, after].map(({ dist }) => openSite({ given: dist, cwd: '.' })))
      try {
        const request = { routes: ['/'], blocks, timeout: 30_000, insecure: false, tolerance: 0.03 }
        const [one] = await withBrowser((browser) =>
          compareBuilds(browser, {
            ...request,
            baseline: sites[0]!.url,
            candidate: sites[1]!.url,
            findTable: async (hash) => (await before.findTable(hash)) ?? after.findTable(hash),
            progress: createProgress(() => undefined),
          }),
        )
        return one!
      } finally {
        await Promise.all(sites.map((site) => site.close()))
      }
    }),
  )
}
