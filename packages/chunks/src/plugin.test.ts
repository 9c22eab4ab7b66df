import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { describePluginContract, runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import { chunks } from './plugin.ts'
import type { ChunksOptions } from './resolve-options.ts'

describePluginContract<ChunksOptions>({
  name: 'chunks() with the default strategy',
  create: chunks,
  options: { strategy: 'default', stable: false, returning: 0.5, weights: {} },
  changesOutput: false,
})

describePluginContract<ChunksOptions>({
  name: 'chunks() with a plan',
  // With a group: an app as small as this would else be left to the bundler.
  create: (options) => chunks({ groups: { formatting: 'tiny-format' }, ...options, strategy: 'planned' }),
  options: { strategy: 'planned', minChunkSize: '1 kB', maxInitialRequests: 5 },
  failing: { options: { strategy: 'planned', weights: { '/nowhere': 2 } }, code: 'PACELINE_WEIGHT_UNKNOWN' },
  changesOutput: true,
  async verify({ root }) {
    const plan = JSON.parse(await readFile(join(root, 'paceline.chunks.json'), 'utf8').catch(() => '{}'))
    if (plan.chunks) expect(plan.app).toBe('small-app')
  },
})

describe.each(viteVersions)('chunks() on Vite %d', (vite) => {
  test("calls the chunk of the strategy 'vendor' by that name", async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: chunks({ strategy: 'vendor' }) })
    const { chunks: made } = await readReport(join(root, '.paceline/report.json'))
    const vendor = made.find(({ modules }) => modules.some(({ id }) => id.includes('tiny-format')))
    expect(vendor?.name).toBe('vendor')
    expect(vendor?.file).toMatch(/^assets\/vendor-/)
  })

  test('refuses to plan a library, and leaves one alone that nobody wants planned', async () => {
    const root = await writeFixture(smallApp)
    const config = { build: { lib: { entry: 'src/greet.js', formats: ['es' as const] } } }
    await expect(runBuild({ vite, root, plugins: chunks({ strategy: 'planned' }), config })).rejects.toMatchObject({
      code: 'PACELINE_OUTPUT_UNSUPPORTED',
    })
    await runBuild({ vite, root, plugins: chunks(), config })
  })

  test('refuses a single stylesheet, whoever asked for it, where chunks are planned', async () => {
    const root = await writeFixture(smallApp)
    const joined = { build: { cssCodeSplit: false } }
    const refused = { code: 'PACELINE_OUTPUT_UNSUPPORTED', message: expect.stringContaining('`build.cssCodeSplit`') }
    const planned = { vite, root, plugins: chunks({ strategy: 'planned' }) }
    await expect(runBuild({ ...planned, config: joined })).rejects.toMatchObject(refused)
    const late: Plugin = { name: 'late', enforce: 'post', config: () => joined }
    await expect(runBuild({ ...planned, config: { plugins: [late] } })).rejects.toMatchObject(refused)
    await runBuild(planned)
    await expect(runBuild({ ...planned, config: { plugins: [late] } })).rejects.toMatchObject(refused)
    await runBuild({ vite, root, plugins: chunks(), config: joined })
  })

  test('leaves the word to a plugin behind it that cannot write', async () => {
    const root = await writeFixture(smallApp)
    const failing: Plugin = {
      name: 'failing',
      enforce: 'post',
      writeBundle() {
        throw new Error('the disk is full')
      },
    }
    const build = runBuild({ vite, root, plugins: [chunks({ lazy: ['src/greet.js'] }), failing] })
    await expect(build).rejects.toThrow('the disk is full')
  })
})
