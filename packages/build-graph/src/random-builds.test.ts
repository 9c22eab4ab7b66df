import { join } from 'node:path'
import { hashDirectory, runBuild, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { readReport } from './adapters/report-file.ts'
import { buildGraph } from './plugin.ts'
import { expectCharged, expectSums } from './testing/marks.ts'
import { randomApp } from './testing/random-app.ts'

const RUNS = Number(process.env['PACELINE_RANDOM_RUNS'] ?? 24)
/** Import statements, preload lists and names around a mark. */
const SLACK = 360

describe.each(viteVersions)('buildGraph() on Vite %d', (vite) => {
  test.each(Array.from({ length: RUNS }, (_, seed) => seed))(
    'charges every module of random app %d with what it wrote',
    async (seed) => {
      const { files, config, marks } = randomApp(seed)
      const root = await writeFixture(files)
      await runBuild({ vite, root, plugins: [], config: { ...config, build: { ...config.build, outDir: 'bare' } } })
      await runBuild({ vite, root, plugins: buildGraph(), config })
      expect(await hashDirectory(join(root, 'dist'))).toEqual(await hashDirectory(join(root, 'bare')))
      const report = await readReport(join(root, '.paceline/report.json'))
      expectSums(report)
      await expectCharged(report, join(root, 'dist'), marks, SLACK)
    },
  )
})
