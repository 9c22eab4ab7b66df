import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commitAll, writeFixture } from '@paceline/testkit'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { runIn } from '../testing/fake-io.ts'

/** What is wrong is said before a browser is started. */
describe('paceline measure', () => {
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [['dist', '--profile', 'slow-4g'], 'Did you mean `slow-4g-4x`?'],
    [['dist', '--route', 'editor'], '`--route` cannot be used'],
    [['dist', '--visits', 'warm'], 'Name some of cold, repeat, update.'],
    [['dist', '--visits', 'update'], 'Name the release before with `--baseline`.'],
    [['dist', '--counts'], '`--counts` cannot be used; received no baseline. Name what to compare with, `--baseline`'],
    [['dist', '--tolerance', '5'], '`--tolerance` cannot be used; received no baseline.'],
    [['dist', '--runs', '0'], 'nothing would be measured'],
    [['dist', '--baseline', 'dist', '--runs', '0', '--profile', 'desktop'], '`--profile` cannot be used'],
    [['dist', '--baseline', 'dist', '--runs', '0', '--visits', 'cold'], '`--visits` cannot be used'],
    [['dist', '--baseline', 'dist', '--counts', '--budget-time', '60'], '`--budget-time` cannot be used'],
    [['dist', '--runs', 'many'], 'Name a number from 0 to 200.'],
    [['nowhere'], '`nowhere` is no build to measure; there is no such directory.'],
    [['.'], '`.` is no build to measure; it has no `index.html`.'],
    [['dist', '--script', 'missing.mjs'], 'does not run'],
    [['dist', '--html', 'package.json/lab.html'], '`--html` cannot be used'],
    [['http://'], '`http://` is neither an address nor a directory'],
    [['http://127.0.0.1:1/app/', '--route', '/home'], 'Name the site without `/app/`, or leave the option out.'],
    [
      ['http://127.0.0.1:1/app/', '--baseline', 'http://127.0.0.1:1/old/'],
      'it names the page `/old/`, and the candidate `/app/`.',
    ],
  ]
  test.each(cases)('with %j says what is wrong, and ends with 2', async (args, message) => {
    const root = await writeFixture({ 'package.json': '{}', 'dist/index.html': '<!doctype html><title>App</title>' })
    const { code, err, out } = await runIn(root, 'measure', ...args, '--json')
    expect(err).toContain(message)
    expect(code).toBe(2)
    expect(JSON.parse(out)).toHaveProperty('error.code')
  })

  test('with a baseline that is neither a build nor a ref names what would be one', async () => {
    const root = await writeFixture({ 'package.json': '{}', 'dist/index.html': '', 'old/app.js': '' })
    const { code, err } = await runIn(root, 'measure', 'dist', '--baseline', 'old')
    expect(code).toBe(2)
    expect(err).toContain('`--baseline old` is no build to compare with; it has no `index.html`.')
  })

  test('that fails leaves no empty page, and an earlier one as it was', async () => {
    const root = await writeFixture({ 'earlier.html': 'earlier' })
    const args = ['http://127.0.0.1:1/', '--timeout', '5', '--html']
    for (const file of ['new/lab.html', 'earlier.html']) {
      expect((await runIn(root, 'measure', ...args, file)).code).toBe(2)
    }
    expect(existsSync(join(root, 'new/lab.html'))).toBe(false)
    expect(readFileSync(join(root, 'earlier.html'), 'utf8')).toBe('earlier')
  })

  test('on a machine without a browser says where it looked and what to do, and ends with 2', async () => {
    const root = await writeFixture({ 'package.json': '{}', 'dist/index.html': '<!doctype html><title>App</title>' })
    vi.stubEnv('PATH', root)
    vi.stubEnv('PACELINE_CHROMIUM', join(root, 'no-chromium'))
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, err, out } = await runIn(root, 'measure', 'dist', '--json')
    expect(err).toContain(
      `needs Chromium or Chrome, and there is none; looked for PACELINE_CHROMIUM=${join(root, 'no-chromium')}. Install one, or set PACELINE_CHROMIUM to an executable.`,
    )
    expect(JSON.parse(out)).toHaveProperty('error.code', 'PACELINE_LAB_NO_BROWSER')
    expect(code).toBe(2)
  })

  test('with a ref that nobody knows names those that are known', async () => {
    const root = await writeFixture({ 'package.json': '{}', 'dist/index.html': '' })
    await commitAll(root)
    for (const args of [['featur'], ['dist', '--baseline', 'featur']]) {
      const { code, err } = await runIn(root, 'measure', ...args)
      expect(code).toBe(2)
      expect(err).toContain('`featur` is neither a file nor a git ref of this repository. Known refs: main.')
    }
  })
})
