import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  describePluginContract,
  loadVite,
  memoryLogger,
  runBuild,
  smallApp,
  viteVersions,
  writeFixture,
} from '@paceline/testkit'
import type { Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import type { Artifact } from './artifact.ts'
import { digestOf } from './digest-of.ts'
import type { CacheOptions } from './options.ts'
import { artifactCache, findArtifactCache, type ArtifactCacheApi } from './plugin.ts'

describePluginContract<CacheOptions>({
  name: 'artifactCache()',
  create: artifactCache,
  options: { dir: '.cache', redis: false, namespace: 'small', maxSize: '10 MB', maxAge: 1, memory: '100 MB' },
  changesOutput: false,
})

/** Something expensive, once for every input. */
async function make({ artifacts }: ArtifactCacheApi, input: string): Promise<Artifact> {
  return artifacts.make(
    { kind: 'test', schema: 1, input: digestOf(input), settings: {} },
    { label: input, cost: 1, memory: 1, work: async () => ({ bytes: Buffer.from(`made of ${input}`), info: {} }) },
  )
}

const user = (input = 'input'): Plugin => {
  let api: ArtifactCacheApi | undefined
  return {
    name: 'uses-the-cache',
    configResolved: (config) => void (api = findArtifactCache(config.plugins)),
    async closeBundle() {
      expect(String((await make(api!, input)).bytes)).toBe(`made of ${input}`)
    },
  }
}

describe.each(viteVersions)('artifactCache() on Vite %d', (vite) => {
  const said = (log: { readonly info: readonly string[] }): string[] =>
    log.info.filter((line) => line.startsWith('paceline cache'))

  test('keeps results for the next build and says so', async () => {
    const root = await writeFixture(smallApp)
    const first = await runBuild({ vite, root, plugins: [user(), artifactCache()] })
    expect(said(first.log)).toEqual([expect.stringMatching(/^paceline cache: 0 of 1 results were there; 1 made in/)])
    expect(existsSync(join(root, 'node_modules/.cache/paceline'))).toBe(true)
    const second = await runBuild({ vite, root, plugins: [artifactCache(), user()] })
    expect(said(second.log)).toEqual([
      expect.stringMatching(
        /^paceline cache: 1 of 1 results were there \(disk 1\), 0\.0 s saved\n {2}\w+ 1 of 1, \d+ B, 0\.0 s saved$/,
      ),
    ])
  })

  test('counts the first instance of several', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: [artifactCache({ dir: 'one' }), user(), artifactCache({ dir: 'two' })] })
    expect([existsSync(join(root, 'one')), existsSync(join(root, 'two'))]).toEqual([true, false])
  })

  test('schedules without keeping anything when it is off', async () => {
    const root = await writeFixture(smallApp)
    const { log } = await runBuild({ vite, root, plugins: [artifactCache(false), user()] })
    expect(said(log)).toHaveLength(1)
    expect(existsSync(join(root, 'node_modules/.cache'))).toBe(false)
  })

  test('says nothing and writes nothing when nobody asks it', async () => {
    const root = await writeFixture(smallApp)
    const { log } = await runBuild({ vite, root, plugins: artifactCache() })
    expect(said(log)).toEqual([])
    expect(existsSync(join(root, 'node_modules/.cache'))).toBe(false)
  })

  test('serves a dev server and a build with one instance', async () => {
    const root = await writeFixture(smallApp)
    const plugins = [artifactCache(), user()]
    const { createServer } = await loadVite(vite)
    const { logger } = memoryLogger()
    const server = await createServer({ root, configFile: false, customLogger: logger, plugins, server: { ws: false } })
    try {
      expect(String((await make(findArtifactCache(server.config.plugins)!, 'photo')).bytes)).toBe('made of photo')
    } finally {
      await server.close()
    }
    const { log } = await runBuild({ vite, root, plugins: [plugins, user('photo')] })
    expect(said(log)[0]).toMatch(/^paceline cache: 2 of 2 results were there/)
  })
})

test('refuses options by name at once', () => {
  expect(() => artifactCache({ size: 1 } as unknown as CacheOptions)).toThrow(/`cache\.size` is not an option/)
})
