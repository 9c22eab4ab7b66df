import { join } from 'node:path'
import { runBuild, viteVersions, writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks } from '../../plugin.ts'
import { readPlan } from '../plan-file.ts'
import { runPage } from '../../testing/run-output.ts'
import { randomBarrels } from '../testing/random-barrels.ts'

const RUNS = Number(process.env['PACELINE_RANDOM_RUNS'] ?? 4)
const EDITIONS = 2

describe.each(viteVersions)('a plan for random barrels on Vite %d', (vite) => {
  test.each(Array.from({ length: RUNS }, (_, seed) => seed))(
    'builds and runs as without one, whatever the pages of %d take later',
    async (seed) => {
      const root = await writeFixture(randomBarrels(seed).files)
      for (let edition = 0; edition <= EDITIONS; edition++) {
        await writeFiles(root, randomBarrels(seed, edition).files)
        const [planned, usual] = ['dist', 'usual'].map((outDir) => ({
          build: { target: 'esnext', outDir, chunkImportMap: false },
        }))
        // Asked for stable names: apps this small would else be left to the bundler.
        const plugins = chunks({ strategy: 'planned', stable: true, minChunkSize: 0, drift: '900%' })
        await runBuild({ vite, root, plugins, config: planned! })
        await runBuild({ vite, root, plugins: [], config: usual! })
        expect((await readPlan(join(root, 'paceline.chunks.json')))!.chunks).not.toEqual([])
        expect(await runPage(join(root, 'dist'), 'index.html')).toEqual(
          await runPage(join(root, 'usual'), 'index.html'),
        )
      }
    },
  )
})
