import { readdirSync, symlinkSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createProgress, measureRoutes, profileOf, withBrowser } from '@paceline/lab'
import type { LabResult, RouteMeasurement } from '@paceline/lab'
import { commitAll, git, writeFiles } from '@paceline/testkit'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { plantedFiles } from '../../support/lab/planted-app.ts'
import { paceline } from '../../support/lab/run-command.ts'
import { withApp } from '../../support/temporary-app.ts'

test('a certificate that nobody vouches for is refused by name, and taken when asked to', async () => {
  const page = '<!doctype html><html lang="en"><head><title>App</title></head><body><h1>Hello</h1></body></html>'
  await withApp({ 'package.json': '{}', 'dist/index.html': page }, async (root) => {
    const site = await servedWithPaceline(root, ['--self-signed'])
    const measure = (insecure: boolean): Promise<RouteMeasurement[]> =>
      withBrowser((browser) =>
        measureRoutes(browser, {
          url: site.url,
          routes: ['/'],
          profiles: [profileOf('none')],
          kinds: ['cold'],
          runs: 1,
          warmUps: 0,
          timeout: 15_000,
          insecure,
          sla: undefined,
          progress: createProgress(() => undefined),
        }),
      )
    try {
      const refused = {
        code: 'PACELINE_LAB_CERTIFICATE',
        message: expect.stringContaining('ERR_CERT_AUTHORITY_INVALID'),
      }
      await expect(measure(false)).rejects.toMatchObject(refused)
      const [found] = await measure(true)
      expect(found!.metrics.tti?.median).toBeGreaterThan(0)
    } finally {
      await site.close()
    }
  })
})

test('two git refs are built where they are, and compared from where they parted', async () => {
  test.setTimeout(180_000)
  await withApp({ ...plantedFiles(1), '.gitignore': 'node_modules/\ndist/\n.paceline/\n' }, async (root) => {
    await mkdir(join(root, 'node_modules'))
    symlinkSync(dirname(createRequire(import.meta.url).resolve('vite/package.json')), join(root, 'node_modules/vite'))
    const parted = await commitAll(root)
    git(root, 'checkout', '--quiet', '-b', 'feature')
    const feature = await commitFactor(root, 1.25)
    git(root, 'checkout', '--quiet', 'main')
    // Main has become slower still: beside its tip the feature would be a gain.
    await commitFactor(root, 3)
    const { code, out } = await paceline(root, 'measure', 'feature', '--baseline', 'main', '--counts', '--json')
    const result = JSON.parse(out) as LabResult
    expect(result).toMatchObject({
      verdict: 'broken',
      site: `feature (${feature.slice(0, 7)})`,
      baseline: `main (${parted.slice(0, 7)})`,
    })
    expect(result.comparisons?.[0]?.reasons[0]).toContain('`src/editor.js` did 1.25× the work')
    expect(code).toBe(1)
    // What is checked out here, and nothing else, is as it was.
    expect(readdirSync(root)).not.toContain('dist')
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(git(root, 'status', '--porcelain')).toBe('')
  })
})

async function commitFactor(root: string, factor: number): Promise<string> {
  await writeFiles(root, plantedFiles(factor))
  return commitAll(root, `${factor} times`)
}
