import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { commitAll, git, writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { buildApp, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'
import type { ReplayResult } from './replay-result.ts'

const noise = (seed: number, length: number): string => {
  let state = seed
  const next = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state.toString(36)
  }
  return Array.from({ length }, next).join('')
}

/** An eager main module with a package, and two lazy pages. */
const app = {
  'src/main.js': [
    "import { data } from 'heavy'",
    "import { shared } from './shared.js'",
    'document.title = shared() + data.length',
    "document.body.addEventListener('click', () => import('./one.js').then((m) => m.one()))",
    "document.body.addEventListener('keydown', () => import('./two.js').then((m) => m.two()))",
  ].join('\n'),
  'src/shared.js': `export const shared = () => ${JSON.stringify(noise(1, 200))}\n`,
  'src/one.js': `import { shared } from './shared.js'\nexport const one = () => shared() + ${JSON.stringify(noise(2, 200))}\n`,
  'src/two.js': `export const two = () => ${JSON.stringify(noise(3, 200))}\n`,
}

/** A commit of changed files; gives its hash. */
async function commit(root: string, message: string, files: Readonly<Record<string, string>>): Promise<string> {
  await writeFiles(root, files)
  git(root, 'add', '-A')
  git(root, 'commit', '--quiet', '--allow-empty', '-m', message)
  return git(root, 'rev-parse', 'HEAD')
}

async function replay(root: string, ...argv: string[]): Promise<{ code: number; err: string; result: ReplayResult }> {
  const { code, out, err } = await runIn(root, 'replay', ...argv, '--json')
  return { code, err, result: JSON.parse(out) as ReplayResult }
}

async function reportOf(root: string, vite: 7 | 8): Promise<BuildReport> {
  await buildApp(root, vite)
  return readReport(join(root, '.paceline/report.json'))
}

/** New files of a first load, by name and content, with the document. */
function downloaded(before: BuildReport, after: BuildReport): number {
  const cached = new Set(before.files.map(({ file, hash }) => file + hash))
  const needed = new Set(['index.html', ...after.routes[0]!.firstLoad.files])
  return after.files
    .filter(({ file, hash }) => needed.has(file) && !cached.has(file + hash))
    .reduce((sum, { brotli }) => sum + brotli, 0)
}

describe.each([7, 8] as const)('paceline replay, on Vite %d', (vite) => {
  it('sums up what two builds in a row really differ in, per strategy, and leaves nothing behind', async () => {
    const root = await writeApp({ vite })
    await writeFiles(root, app)
    await commitAll(root)
    const before = await reportOf(root, vite)
    await commit(root, 'notes', { 'notes.md': 'not built' })
    await commit(root, 'page', { 'src/two.js': "export const two = () => 'changed'\n" })
    const page = await reportOf(root, vite)
    await commit(root, 'main', { 'src/main.js': `${app['src/main.js']}\nconsole.log('main')\n` })
    const main = await reportOf(root, vite)
    const temporary = join(await writeFixture({}), 'temporary')
    await mkdir(temporary)
    withTemporary(temporary)

    const { code, result } = await replay(
      root,
      'HEAD~3..HEAD',
      '--strategies',
      'default,vendor,config,planned,planned+stable',
      '--deltas',
    )
    expect(code).toBe(0)
    expect(result.skipped.map(({ subject, reason }) => [subject, reason])).toEqual([['notes', 'builds the same files']])
    expect(result.deploys.map(({ subject }) => subject)).toEqual(['page', 'main'])
    const expected = [downloaded(before, page), downloaded(page, main)]
    expect(expected.every((bytes) => bytes > 0)).toBe(true)
    // The config says nothing of chunks, so that the app itself, Vite's default and the replay agree to the byte.
    for (const name of ['default', 'config']) {
      expect(result.deploys.map(({ strategies }) => Object.values(strategies[name]!.routes)[0])).toEqual(expected)
    }
    const [base, vendor, , planned, stable] = result.strategies
    expect([base!.name, base!.ratio]).toEqual(['default', 1])
    // What changed is not in the package: the vendor chunk stays where it is.
    expect(vendor!.ratio).toBeLessThan(0.7)
    // With stable names a change of one page is the download of that page.
    expect(stable!.ratio).toBeLessThanOrEqual(planned!.ratio)
    expect(base!.deltas!.ratio).toBeLessThan(0.5)
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(await readdir(temporary)).toEqual([])
    expect(git(root, 'status', '--porcelain')).toBe('')
    // Some twenty builds one after another.
  }, 180_000)
})

describe('paceline replay', () => {
  it('leaves out, by name, commits that do not build, and compares across them', async () => {
    const root = await writeApp()
    await writeFiles(root, app)
    await commitAll(root)
    await commit(root, 'broken', { 'src/two.js': 'export const two = (' })
    await commit(root, 'mended', { 'src/two.js': "export const two = () => 'mended'\n" })
    const ran = await runIn(root, 'replay', 'HEAD~2..HEAD', '--strategies', 'default')
    expect(ran.code).toBe(0)
    expect(ran.out).toMatch(
      /1 deploy, 3 routes[^]*mended[^]*1 commit left out\n {2}[0-9a-f]{7} broken: default: .*(?:two\.js|parse)/i,
    )
    expect(ran.err).toMatch(/[0-9a-f]{7} is left out: default:/)
  })

  it('replays an app below the root, by what it is built from only, and the newest commits of a limit', async () => {
    const root = await writeApp({ directory: 'apps/shop' })
    await writeFiles(root, app)
    const top = join(root, '../..')
    await commitAll(top)
    for (const name of ['a', 'b', 'c']) {
      await commit(top, name, { 'apps/shop/src/two.js': `export const two = () => '${name}'\n` })
      await commit(top, `server ${name}`, { 'apps/server/index.js': name })
    }
    const { result, err } = await replay(root, 'HEAD~6..HEAD', '--strategies', 'default', '--limit', '2')
    expect(result.deploys.map(({ subject }) => subject)).toEqual(['b', 'c'])
    expect(result.skipped).toEqual([])
    expect(err).not.toContain('server b')
  })

  it('installs with the given command when the lockfile changes, and only then', async () => {
    const root = await writeApp()
    await writeFiles(root, { ...app, 'package-lock.json': 'one' })
    await commitAll(root)
    await commit(root, 'same packages', { 'src/two.js': "export const two = () => 'same'\n" })
    await commit(root, 'bump', { 'package-lock.json': 'two', 'src/two.js': "export const two = () => 'bump'\n" })
    // The working tree goes on, so that no commit has its lockfile.
    await writeFiles(root, { 'package-lock.json': 'three' })
    const log = join(
      await writeFixture({ 'install.sh': `#!/bin/sh\npwd >> "$0.log"\nln -s '${root}/node_modules' node_modules\n` }),
      'install.sh',
    )
    await chmod(log, 0o755)
    const { result, err } = await replay(
      root,
      'HEAD~2..HEAD',
      '--strategies',
      'default',
      '--install',
      `rm -rf node_modules; ${log}`,
    )
    expect(result.deploys.map(({ subject }) => subject)).toEqual(['same packages', 'bump'])
    expect((await readFile(`${log}.log`, 'utf8')).trim().split('\n')).toHaveLength(2)
    expect(err).toContain('(the packages of that commit differ)')
    expect(existsSync(join(root, 'node_modules/heavy/index.js'))).toBe(true)
  })

  it('makes the plan anew at a commit that changes the groups', async () => {
    const grouped = (groups: object): Readonly<Record<string, string>> => ({
      'vite.config.js': `import { paceline } from 'paceline'\nconst chunks = ${JSON.stringify({ strategy: 'planned', minChunkSize: 0, groups })}\nexport default { plugins: [paceline({ chunks })] }\n`,
    })
    const root = await writeApp()
    await writeFiles(root, { ...app, ...grouped({ heavy: 'heavy' }) })
    await commitAll(root)
    await commit(root, 'renames', grouped({ data: 'heavy' }))
    await commit(root, 'page', { 'src/two.js': "export const two = () => 'changed'\n" })
    const { result } = await replay(root, 'HEAD~2..HEAD', '--strategies', 'config,planned')
    expect(result.skipped).toEqual([])
    expect(result.deploys.map(({ subject }) => subject)).toEqual(['renames', 'page'])
  })

  it('leaves neither a worktree nor a directory behind when it is interrupted', async () => {
    const root = await writeApp()
    await writeFiles(root, app)
    await commitAll(root)
    await commit(root, 'two', { 'src/two.js': "export const two = () => 'two'\n" })
    const temporary = join(await writeFixture({}), 'temporary')
    await mkdir(temporary)
    const main = JSON.stringify(new URL('../main.ts', import.meta.url).href)
    const script = `import { main } from ${main}\nawait main()`
    const child = spawn(
      process.execPath,
      ['--input-type=module', '--eval', script, 'paceline', 'replay', 'HEAD~1..HEAD', '--strategies', 'default'],
      { cwd: root, env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    // The first build has begun.
    await once(child.stderr, 'data')
    // One directory for the worktree, one for the output.
    await vi.waitFor(async () => expect(await readdir(temporary)).toHaveLength(2), { timeout: 10_000 })
    child.kill('SIGINT')
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(signal).toBe('SIGINT')
    expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(await readdir(temporary)).toEqual([])
  })

  it('runs a command at every commit, for what its build needs', async () => {
    const root = await writeApp()
    await writeFiles(root, { ...app, 'src/two.js': "export { made as two } from './made.js'\n" })
    git(root, 'init', '--quiet', '--initial-branch=main')
    await commit(root, 'one', { 'value.txt': '1', '.gitignore': 'node_modules/\ndist/\n.paceline/\nsrc/made.js\n' })
    await commit(root, 'two', { 'value.txt': '2' })
    const make = `echo "export const made = () => 'made $(cat value.txt)'" > src/made.js`
    const { code, result } = await replay(root, 'HEAD~1..HEAD', '--strategies', 'default', '--prepare', make)
    expect([code, result.deploys.map(({ subject }) => subject)]).toEqual([0, ['two']])
  })

  it.each([
    [['HEAD~1..HEAD', '--strategies', 'defualt'], 'PACELINE_REPLAY_STRATEGY', 'Did you mean `default`?'],
    [['mian..HEAD'], 'PACELINE_GIT_REF_UNKNOWN', 'Did you mean `main`?'],
    [['HEAD..HEAD'], 'PACELINE_REPLAY_EMPTY', 'it has no commits'],
    [['HEAD~1..HEAD', '--limit', 'many'], 'PACELINE_CLI_OPTION_VALUE', "received 'many'"],
  ])('refuses %j', async (argv, code, text) => {
    const root = await writeApp()
    await commitAll(root)
    await commit(root, 'two', { 'src/greet.js': "export const greet = () => 'two'\n" })
    const ran = await runIn(root, 'replay', ...argv)
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.err).toContain(code)
    expect(ran.err).toContain(text)
  })
})

/** What is left behind in there was forgotten. */
function withTemporary(directory: string): void {
  const known = process.env['TMPDIR']
  process.env['TMPDIR'] = directory
  onTestFinished(async () => {
    if (known === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = known
    await rm(directory, { recursive: true, force: true })
  })
}
