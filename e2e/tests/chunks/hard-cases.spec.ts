import { expect, test, type Browser } from '@playwright/test'
import { chunks, type ChunksOptions } from '@paceline/chunks'
import { loadVite, runBuild, viteVersions, type ViteVersion } from '@paceline/testkit'
import { buildRecorded, recordable, type RecordedBuild } from '../../support/chunks/build-recorded.ts'
import { expectSameRun } from '../../support/chunks/expect-same-order.ts'
import { hardCases, type HardCase } from '../../support/chunks/hard-cases.ts'
import { serveSite } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'
import { visitRecorded, type RecordedVisit } from '../../support/chunks/visit-recorded.ts'

/** Plans that divide an app as it is meant to be, and as finely as can be. The marks of a recorded build are no drift. */
const plans: Readonly<Record<string, ChunksOptions>> = {
  planned: { strategy: 'planned', drift: '1000%' },
  'planned into many chunks': {
    strategy: 'planned',
    drift: '1000%',
    minChunkSize: 1,
    returning: 1,
    maxInitialRequests: 50,
    maxRouteRequests: 50,
  },
}

for (const vite of viteVersions) {
  for (const hardCase of hardCases) {
    for (const [name, options] of Object.entries(plans)) {
      test(`Vite ${vite}: ${hardCase.name}, ${name}, runs as without a plan`, async ({ browser }) => {
        await withApp(hardCase.files, async (root) => {
          const config = configOf(root, hardCase)
          const bare = await buildRecorded(vite, root, [], { ...config, build: { ...config.build, outDir: 'bare' } })
          await plan(vite, root, options, config)
          const planned = await buildRecorded(vite, root, chunks(options), config)
          expect(planned.warnings).toEqual([])
          await compare(browser, root, hardCase, bare)
        })
      })
    }
  }
}

function configOf(root: string, { files, external = [] }: HardCase): { build: object; worker: { format: 'es' } } {
  const entries = Object.keys(files).flatMap((file) => (file.endsWith('.html') ? `${root}/${file}` : []))
  const options = { external: [...external], ...(entries.length > 1 && { input: entries }) }
  // Vite 8 still takes the old name.
  return { build: { target: 'esnext', rollupOptions: options }, worker: { format: 'es' } }
}

/** Writes the plan, from a build that nobody records: marks would be effects. */
async function plan(vite: ViteVersion, root: string, options: ChunksOptions, config: object): Promise<void> {
  const { mergeConfig } = await loadVite(vite)
  await runBuild({ vite, root, plugins: chunks(options), config: mergeConfig(recordable, config) })
}

async function compare(
  browser: Browser,
  root: string,
  { paths, files }: HardCase,
  { known }: RecordedBuild,
): Promise<void> {
  const sites = await Promise.all([serveSite(`${root}/bare`), serveSite(`${root}/dist`)])
  const tour = 'index.html' in files && paths.includes('/')
  try {
    for (const [index, path] of paths.entries()) {
      const ready = { ready: 'globalThis.ready === true' }
      const visits = [ready, ...(tour && index > 0 ? [{ ...ready, before: paths.slice(0, index) }] : [])]
      for (const options of visits) {
        const [bare, planned] = (await Promise.all(
          sites.map((site) => visitRecorded(browser, site.url + path, options)),
        )) as [RecordedVisit, RecordedVisit]
        expect(bare.ran.length).toBeGreaterThan(0)
        expect(bare.text).not.toBe('')
        expectSameRun(planned, bare, known)
      }
    }
  } finally {
    await Promise.all(sites.map((site) => site.close()))
  }
}
