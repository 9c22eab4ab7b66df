import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { runBuild, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { faultError, type DescribedFault } from './describe-fault.ts'
import { brokenApps } from './testing/broken-apps.ts'
import { chunkedConfig } from './testing/chunked-app.ts'
import { soundApps } from './testing/sound-apps.ts'
import { verifier, type FaultHost } from './verifier-plugin.ts'

describe.each(viteVersions)('verifier() on Vite %d', (vite) => {
  const broken = brokenApps.filter((app) => vite === 8 || !app.rolldown)

  test.each(broken.filter(({ suspected }) => suspected !== true))('fails the build when $name', async (app) => {
    const root = await writeFixture(app.files)
    const build = runBuild({ vite, root, plugins: verifier(), config: chunkedConfig(app, vite) })
    const error = await build.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(errorCodes(error).filter((code) => code.startsWith('PACELINE_'))).toEqual(app.codes)
  })

  test.each(broken.filter(({ suspected }) => suspected))('passes on what may be wrong when $name', async (app) => {
    const root = await writeFixture(app.files)
    const found: DescribedFault[] = []
    const host: FaultHost = { ends: () => true, take: (_, faults) => void found.push(...faults) }
    await runBuild({ vite, root, plugins: verifier(host), config: chunkedConfig(app, vite) })
    expect(found.map((fault) => faultError(fault).code)).toEqual(app.codes)
    expect(found).toMatchObject([{ harmful: true, suspected: true }])
  })

  test.each(broken)('says nothing without groups where $name', async (app) => {
    const root = await writeFixture(app.files)
    const { log } = await runBuild({ vite, root, plugins: verifier() })
    expect(log.warn).toEqual([])
  })

  test.each(soundApps)('passes $name', async (app) => {
    const root = await writeFixture(app.files)
    const found: DescribedFault[] = []
    const host: FaultHost = { ends: () => true, take: (_, faults) => void found.push(...faults) }
    await runBuild({ vite, root, plugins: verifier(host), config: chunkedConfig(app, vite) })
    expect(found.map((fault) => faultError(fault).code)).toEqual(app.warns ?? [])
  })
})

describe('verifier() with the import map of Vite 8', () => {
  const cases = [...brokenApps, ...soundApps]
    .filter(({ name }) => name.includes('circle') && name.includes('classes'))
    .map((app) => ({ app, found: [{ code: 'PACELINE_CHUNK_CYCLE', harmful: app.codes.length > 0 }] }))

  test.each(cases)('says the same as without one about $app.name', async ({ app, found }) => {
    const root = await writeFixture(app.files)
    const faults: DescribedFault[] = []
    const host: FaultHost = { ends: () => false, take: (_, all) => void faults.push(...all) }
    const { build } = chunkedConfig(app, 8)
    await runBuild({ vite: 8, root, plugins: verifier(host), config: { build: { ...build, chunkImportMap: true } } })
    expect(await readFile(join(root, 'dist/index.html'), 'utf8')).toContain('<script type="importmap">')
    expect(faults.map((fault) => ({ code: faultError(fault).code, harmful: fault.harmful }))).toEqual(found)
  })
})
