import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chunks } from '@paceline/chunks'
import { expect, test } from '@playwright/test'
import { runBuild } from '@paceline/testkit'
import react from '@vitejs/plugin-react'
import { mergeConfig, type InlineConfig } from 'vite'
import { buildRecorded, recordable } from '../../support/chunks/build-recorded.ts'
import { expectSameRun, type KnownModules } from '../../support/chunks/expect-same-order.ts'
import { servePlayground } from '../../support/chunks/serve-playground.ts'
import type { Site } from '../../support/chunks/serve-site.ts'
import { visitRecorded, type RecordedVisit } from '../../support/chunks/visit-recorded.ts'
import { addressOf, paths } from '../../support/playground-routes.ts'

const root = fileURLToPath(new URL('../../../playground', import.meta.url))
/** The page stands when nothing is loading any more. */
const STANDS = "document.querySelector('main, [role=main], h1') !== null && !document.querySelector('[aria-busy=true]')"

// The builds are made once, for all pages.
test.describe.configure({ mode: 'default' })

let dir: string
let sites: readonly [Site, Site]
let known: KnownModules

test.beforeAll(async () => {
  test.setTimeout(240_000)
  dir = await mkdtemp(join(tmpdir(), 'paceline-order-'))
  const config = (outDir: string): InlineConfig => ({
    build: { outDir: join(dir, outDir), assetsInlineLimit: (file) => (file.endsWith('.wasm') ? false : undefined) },
  })
  const plan = { strategy: 'planned', plan: join(dir, 'plan.json'), drift: '1000%' } as const
  const bare = await buildRecorded(8, root, react(), config('bare'))
  await runBuild({ vite: 8, root, plugins: [react(), chunks(plan)], config: mergeConfig(recordable, config('plan')) })
  await buildRecorded(8, root, [react(), chunks(plan)], config('planned'))
  known = bare.known
  sites = [await servePlayground(join(dir, 'bare')), await servePlayground(join(dir, 'planned'))]
})

test.afterAll(async () => {
  await Promise.all((sites ?? []).map((site) => site.close()))
  await rm(dir, { recursive: true, force: true })
})

test('knows modules that others notice', () => {
  expect(known.noticed.size).toBeGreaterThan(2)
})

for (const path of paths) {
  test(`${path} runs what it runs without a plan, in the same order`, async ({ browser, request }) => {
    const address = await addressOf(path, async (list) => (await request.get(sites[0].url + list)).json())
    const [bare, planned] = (await Promise.all(
      sites.map((site) => visitRecorded(browser, site.url + address, { ready: STANDS })),
    )) as [RecordedVisit, RecordedVisit]
    expect(bare.ran.length).toBeGreaterThan(100)
    expectSameRun(planned, bare, known)
  })
}
