import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findArtifactCache } from '@paceline/artifact-cache'
import { hashDirectory, runBuild, smallApp, writeFiles, writeFixture } from '@paceline/testkit'
import type { Plugin } from 'vite'
import { describe, expect, it } from 'vitest'
import { openArchive } from './archive/release-archive.ts'
import { delivery } from './plugin.ts'
import { resolveDeliveryOptions } from './resolve-options.ts'
import { rollbackRelease, type RollbackRequest } from './rollback.ts'

const options = { targets: ['nginx', 'netlify'], purge: { origin: 'https://example.com' } } as const

/** An app with two releases; the request goes back to the first. */
async function twoReleases(): Promise<{ root: string; request: RollbackRequest }> {
  const root = await writeFixture(smallApp)
  let request: RollbackRequest | undefined
  for (const text of ['one', 'two']) {
    await writeFiles(root, { 'src/greet.js': `export const greet = () => '${text}'\n` })
    const reader: Plugin = {
      name: 'reads-the-cache',
      configResolved({ plugins }) {
        const archive = openArchive(join(root, '.paceline/releases'), () => undefined)
        const { artifacts } = findArtifactCache(plugins)!
        request = {
          release: '',
          outDir: join(root, 'dist'),
          reportDir: join(root, '.paceline'),
          archive,
          options: resolveDeliveryOptions(options),
          artifacts,
          isSinglePage: true,
          isForeign: () => false,
          now: Date.now(),
        }
      },
    }
    await runBuild({ vite: 8, root, plugins: [delivery(options), reader] })
  }
  const { release } = (await request!.archive.list())[1]!
  return { root, request: { ...request!, release } }
}

const stateOf = async (root: string): Promise<unknown> => ({
  dist: await hashDirectory(join(root, 'dist')),
  told: await hashDirectory(join(root, '.paceline/delivery')),
  report: (await hashDirectory(join(root, '.paceline')))['report.json'],
  names: [(await readdir(root)).sort(), (await readdir(join(root, '.paceline'))).sort()],
})

describe('a rollback', () => {
  it.each([
    ['the old output cannot be moved away', (_from: string, to: string) => to.endsWith('.old.tmp')],
    ['the new one cannot be moved in', (from: string, to: string) => to.endsWith('dist') && !from.includes('.old.')],
  ])('leaves everything as it was when %s', async (_, fails) => {
    const { root, request } = await twoReleases()
    const before = await stateOf(root)
    const failed = rollbackRelease({
      ...request,
      async rename(from, to) {
        if (fails(from, to)) throw Object.assign(new Error('busy'), { code: 'EBUSY' })
        await rename(from, to)
      },
    })
    await expect(failed).rejects.toThrow('busy')
    expect(await stateOf(root)).toEqual(before)
    expect((await request.archive.list())[1]!.release).toBe(request.release)
  })

  it('moves the manifest last, and leaves no list of the release before', async () => {
    const { root, request } = await twoReleases()
    await writeFile(join(root, '.paceline/delivery/purge/purge.fastly.2.json'), 'of the release before')
    const moved: string[] = []
    await rollbackRelease({
      ...request,
      async rename(from, to) {
        moved.push(to.slice(root.length + 1))
        await rename(from, to)
      },
    })
    expect(moved.slice(0, 2)).toEqual(['dist.old.tmp', 'dist'])
    expect(moved.at(-1)).toBe('.paceline/delivery/manifest.json')
    expect(moved).toContain('.paceline/delivery/nginx/server.conf')
    expect(await readdir(join(root, '.paceline/delivery/purge'))).not.toContain('purge.fastly.2.json')
    // CloudFront does nothing for a reference that it has seen, and it has when this release was new.
    const purge = JSON.parse(
      await readFile(join(root, '.paceline/delivery/purge/purge.cloudfront.json'), 'utf8'),
    ) as object
    expect(purge).toMatchObject({ CallerReference: `${request.release} ${new Date(request.now).toISOString()}` })
    expect(await readdir(root)).toEqual(expect.not.arrayContaining([expect.stringMatching(/\.tmp$/)]))
  })
})
