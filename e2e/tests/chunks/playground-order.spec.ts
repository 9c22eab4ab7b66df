import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildGraph } from '@paceline/build-graph'
import { chunks, type ChunksOptions } from '@paceline/chunks'
import { expect, test } from '@playwright/test'
import { runBuild } from '@paceline/testkit'
import react from '@vitejs/plugin-react'
import { mergeConfig, type InlineConfig, type Plugin, type PluginOption } from 'vite'
import { buildRecorded, recordable } from '../../support/chunks/build-recorded.ts'
import { expectSameRun, type KnownModules } from '../../support/chunks/expect-same-order.ts'
import { servePlayground } from '../../support/chunks/serve-playground.ts'
import type { Site } from '../../support/serve-site.ts'
import { visitRecorded, type RecordedVisit } from '../../support/chunks/visit-recorded.ts'
import { addressOf, paths } from '../../support/playground-routes.ts'

const root = fileURLToPath(new URL('../../../playground', import.meta.url))
/** The marks of a recorded build are no drift. */
const NO_DRIFT = { drift: '1000%' }
/** The page stands when nothing is loading any more. */
const STANDS = "document.querySelector('main, [role=main], h1') !== null && !document.querySelector('[aria-busy=true]')"

/** The plan that is in git, with the options of the playground, and one that nothing but the routes has shaped. */
const plans: Readonly<Record<string, () => Promise<ChunksOptions>>> = {
  'the plan in git': async () => {
    const file = new URL('../../../playground/build/chunk-options.ts', import.meta.url)
    const { chunkOptions } = (await import(file.href)) as { chunkOptions: ChunksOptions }
    return { ...chunkOptions, ...NO_DRIFT }
  },
  'a new plan': async () => ({ strategy: 'planned', plan: join(dir, 'plan.json'), ...NO_DRIFT }),
}

let dir: string
/** By path: what a page runs without a plan is the same beside each of them. */
const visitedBare = new Map<string, RecordedVisit>()
let bare: { readonly site: Site; readonly known: KnownModules }

test.beforeAll(async () => {
  test.setTimeout(240_000)
  dir = await mkdtemp(join(tmpdir(), 'paceline-order-'))
  const { known } = await buildRecorded(8, root, [react(), plainPictures()], config('bare'))
  bare = { site: await servePlayground(join(dir, 'bare')), known }
})

test.afterAll(async () => {
  await bare?.site.close()
  await rm(dir, { recursive: true, force: true })
})

// The builds are made once, for all pages.
test.describe.configure({ mode: 'default' })

test('knows modules that others notice', () => {
  expect(bare.known.noticed.size).toBeGreaterThan(2)
})

for (const [name, optionsOf] of Object.entries(plans)) {
  test.describe(name, () => {
    let planned: Site

    test.beforeAll(async () => {
      test.setTimeout(240_000)
      const options = await optionsOf()
      if (options.plan === undefined) expect(existsSync(join(root, 'paceline.chunks.json'))).toBe(true)
      // Marks would be effects: a plan is made without them.
      else
        await runBuild({
          vite: 8,
          root,
          plugins: pluginsOf(options),
          config: mergeConfig(recordable, config('plan')),
        })
      await buildRecorded(8, root, pluginsOf(options), config('planned'))
      planned = await servePlayground(join(dir, 'planned'))
    })

    test.afterAll(async () => {
      await planned?.close()
    })

    for (const path of paths) {
      test(`${path} runs what it runs without a plan, in the same order`, async ({ browser, request }) => {
        const address = await addressOf(path, async (list) => (await request.get(bare.site.url + list)).json())
        const visit = (site: Site): Promise<RecordedVisit> =>
          visitRecorded(browser, site.url + address, { ready: STANDS })
        const [before, now] = await Promise.all([visitedBare.get(path) ?? visit(bare.site), visit(planned)])
        visitedBare.set(path, before)
        expect(before.ran.length).toBeGreaterThan(100)
        expectSameRun(now, before, bare.known)
      })
    }
  })
}

function config(outDir: string): InlineConfig {
  return {
    build: { outDir: join(dir, outDir), assetsInlineLimit: (file) => (file.endsWith('.wasm') ? false : undefined) },
  }
}

/** The pictures of the playground as they are: what is looked at here is scripts. */
async function plainPictures(): Promise<Plugin> {
  const file = new URL('../../../playground/build/plain-pictures.ts', import.meta.url)
  const { plainPictures: plugin } = (await import(file.href)) as { plainPictures: () => Plugin }
  return plugin()
}

/** Its reports lie elsewhere: other tests read those of the real build. */
function pluginsOf(options: ChunksOptions): PluginOption {
  return [react(), plainPictures(), buildGraph({ dir: join(dir, 'report') }), chunks(options)]
}
