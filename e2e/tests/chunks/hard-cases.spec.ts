import { join } from 'node:path'
import { expect, test, type Browser } from '@playwright/test'
import { chunks, type ChunksOptions } from '@paceline/chunks'
import { loadVite, runBuild, viteVersions, type ViteVersion } from '@paceline/testkit'
import { buildRecorded, recordable } from '../../support/chunks/build-recorded.ts'
import { expectSameRun } from '../../support/chunks/expect-same-order.ts'
import { hardCases, type HardCase } from '../../support/chunks/hard-cases.ts'
import { serveSite } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'
import { withRecorder, type RecordedVisit } from '../../support/chunks/visit-recorded.ts'

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
    test(`Vite ${vite}: ${hardCase.name} runs as without a plan`, async ({ browser }) => {
      await withApp(hardCase.files, async (root) => {
        const config = configOf(root, hardCase)
        const { known } = await buildRecorded(vite, root, [], intoDir(config, 'bare'))
        for (const [name, chosen] of Object.entries(plans)) {
          const options = { ...chosen, plan: `${name}.json` }
          await plan(vite, root, options, config)
          const { warnings } = await buildRecorded(vite, root, chunks(options), intoDir(config, name))
          expect(warnings, name).toEqual([])
        }
        const [bare, ...planned] = await Promise.all(
          ['bare', ...Object.keys(plans)].map((dir) => visitAll(browser, join(root, dir), hardCase)),
        )
        for (const [index, name] of Object.keys(plans).entries()) {
          await test.step(name, () => {
            for (const [at, visit] of bare!.entries()) expectSameRun(planned[index]![at]!, visit, known)
          })
        }
      })
    })
  }
}

type Config = { readonly build: object; readonly worker: { readonly format: 'es' } }

const intoDir = (config: Config, outDir: string): Config => ({ ...config, build: { ...config.build, outDir } })

function configOf(root: string, { files, external = [] }: HardCase): Config {
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

/** Cold visits of all addresses, and of each behind those before it. */
async function visitAll(browser: Browser, dir: string, { paths, files }: HardCase): Promise<readonly RecordedVisit[]> {
  const site = await serveSite(dir)
  const tour = 'index.html' in files && paths.includes('/')
  const ready = { ready: 'globalThis.ready === true' }
  try {
    return await withRecorder(browser, async (visit) => {
      const visits: RecordedVisit[] = []
      for (const [index, path] of paths.entries()) {
        visits.push(await visit(site.url + path, ready))
        if (tour && index > 0) visits.push(await visit(site.url + path, { ...ready, before: paths.slice(0, index) }))
      }
      for (const { ran, text } of visits) {
        expect(ran.length).toBeGreaterThan(0)
        expect(text).not.toBe('')
      }
      return visits
    })
  } finally {
    await site.close()
  }
}
