import { errorCodes } from '@paceline/kit'
import { runBuild, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { brokenApps } from './testing/broken-apps.ts'
import { chunkedConfig } from './testing/chunked-app.ts'
import { soundApps } from './testing/sound-apps.ts'
import { verifier } from './verifier-plugin.ts'

describe.each(viteVersions)('verifier() on Vite %d', (vite) => {
  const broken = brokenApps.filter((app) => vite === 8 || !app.rolldown)

  test.each(broken)('fails the build when $name', async (app) => {
    const root = await writeFixture(app.files)
    const build = runBuild({ vite, root, plugins: verifier(), config: chunkedConfig(app, vite) })
    const error = await build.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(errorCodes(error).filter((code) => code.startsWith('PACELINE_'))).toEqual(app.codes)
  })

  test.each(broken)('says nothing without groups where $name', async (app) => {
    const root = await writeFixture(app.files)
    const { log } = await runBuild({ vite, root, plugins: verifier() })
    expect(log.warn).toEqual([])
  })

  test.each(soundApps)('passes $name', async (app) => {
    const root = await writeFixture(app.files)
    const { log } = await runBuild({ vite, root, plugins: verifier(), config: chunkedConfig(app, vite) })
    const said = log.warn.filter((line) => line.includes('circle of chunks'))
    expect(said).toHaveLength(app.warns?.length ?? 0)
  })
})
