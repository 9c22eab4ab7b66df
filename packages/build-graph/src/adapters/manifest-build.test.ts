import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../plugin.ts'
import { analyseManifest } from './manifest-build.ts'
import { readReport } from './report-file.ts'

describe.each(viteVersions)('analyseManifest() of a build by Vite %d', (vite) => {
  test('knows from the directory, manifest and maps what the plugin knows', async () => {
    const root = await writeFixture(smallApp)
    const config = { build: { manifest: true, sourcemap: 'hidden' as const } }
    await runBuild({ vite, root, plugins: buildGraph(), config })
    const seen = await readReport(join(root, '.paceline/report.json'))
    const read = await analyseManifest({ dir: join(root, 'dist'), root })

    const withoutManifest = seen.files.filter(({ file }) => file !== '.vite/manifest.json')
    expect(read.files.map(({ file, raw, brotli }) => [file, raw, brotli])).toEqual(
      withoutManifest.map(({ file, raw, brotli }) => [file, raw, brotli]),
    )
    const share = ({ chunks }: typeof seen, id: string): unknown =>
      chunks.flatMap(({ modules }) => modules).find((module) => module.id === id)
    expect(share(read, 'src/greet.js')).toEqual(share(seen, 'src/greet.js'))
    const about = ({ routes }: typeof seen): unknown =>
      routes.find(({ module }) => module === 'src/about.js')?.firstLoad
    expect(about(read)).toEqual(about(seen))
    expect(read.packages).toMatchObject([{ name: 'tiny-format', version: '2.1.0' }])
  })

  test('says what is missing', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: [], config: { build: { manifest: true } } })
    const dir = join(root, 'dist')
    await expect(analyseManifest({ dir, root })).rejects.toMatchObject({ code: 'PACELINE_MAP_MISSING' })
    await rm(join(dir, '.vite'), { recursive: true })
    await expect(analyseManifest({ dir, root })).rejects.toMatchObject({ code: 'PACELINE_MANIFEST_UNREADABLE' })
  })
})
