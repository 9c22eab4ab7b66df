import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { writeReport } from '@paceline/build-graph'
import { errorCodes, installModules, openGit, withWorktree } from '@paceline/kit'
import { git, smallApp, writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, it, vi } from 'vitest'
import { healthy, overweight } from '../formats/sample-reports.ts'
import { storeCleanBuild, storedReport } from './report-store.ts'
import { resolveBaseline } from './resolve-baseline.ts'

/** The small app in a repository, two commits on main and one more on the branch that is checked out. */
async function repository(app = ''): Promise<{ top: string; root: string; base: string }> {
  const files = Object.fromEntries(Object.entries(smallApp).map(([file, content]) => [join(app, file), content]))
  const top = await writeFixture({ ...files, '.gitignore': 'node_modules/\ndist/\n.paceline/\n' })
  const root = join(top, app)
  await mkdir(join(root, 'node_modules'), { recursive: true })
  const vite = dirname(createRequire(import.meta.url).resolve('vite/package.json'))
  await symlink(vite, join(root, 'node_modules/vite'))
  git(top, 'init', '--quiet', '--initial-branch=main')
  git(top, 'add', '-A')
  git(top, 'commit', '--quiet', '-m', 'one')
  const base = git(top, 'rev-parse', 'HEAD')
  git(top, 'checkout', '--quiet', '-b', 'feature')
  await writeFiles(root, { 'src/greet.js': 'export const greet = (name) => `Hello, ${name}`\n' })
  git(top, 'commit', '--quiet', '-am', 'two')
  return { top, root, base }
}

const refused = async (promise: Promise<unknown>): Promise<{ codes: string[]; message: string }> =>
  promise.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: Error) => ({ codes: errorCodes(error), message: error.message }),
  )
const worktrees = (top: string): number => git(top, 'worktree', 'list').split('\n').length

describe('resolveBaseline', () => {
  it('reads a file that ends in .json, and says what is wrong with one it cannot read', async () => {
    const root = await writeFixture({ 'broken.json': '{', 'old.json': '{"schemaVersion":0}' })
    await writeReport(join(root, 'base.json'), healthy)
    expect(await resolveBaseline({ baseline: 'base.json', root, current: overweight })).toEqual({
      report: healthy,
      name: 'base.json',
      from: 'file',
    })
    for (const baseline of ['missing.json', 'broken.json', 'old.json']) {
      const { codes, message } = await refused(resolveBaseline({ baseline, root, current: overweight }))
      expect(codes).toContain('PACELINE_BASELINE_UNREADABLE')
      expect(message).toContain(baseline)
      expect(message).toContain(`Save one with \`paceline check --save-baseline ${baseline}\`.`)
      expect(message).not.toContain('vite build')
    }
  })

  it('takes the stored report of the merge base, not of the tip of the branch', async () => {
    const { top, root, base } = await repository()
    git(top, 'checkout', '--quiet', 'main')
    expect(await storeCleanBuild(root, healthy)).toBe(base)
    await writeFiles(root, { 'src/about.js': 'export const title = 1\n' })
    expect(await storeCleanBuild(root, overweight)).toBeUndefined()
    git(top, 'commit', '--quiet', '-am', 'main moved on')
    git(top, 'checkout', '--quiet', 'feature')
    const baseline = await resolveBaseline({ baseline: 'main', root, current: overweight })
    expect(baseline).toEqual({ report: healthy, name: `main (${base.slice(0, 7)})`, from: 'store' })
  })

  it('is the build itself on the branch itself, while nothing is changed', async () => {
    const { root } = await repository()
    expect(await resolveBaseline({ baseline: 'feature', root, current: healthy })).toMatchObject({
      report: healthy,
      from: 'head',
    })
    await writeFiles(root, { 'src/new.js': '' })
    expect(await refused(resolveBaseline({ baseline: 'feature', root, current: healthy }))).toMatchObject({
      codes: ['PACELINE_BASELINE_NOT_STORED'],
      message: expect.stringContaining('paceline check --baseline feature'),
    })
  })

  it('names what git cannot answer: no repository, an unknown ref, a shallow clone, unrelated histories', async () => {
    const nowhere = await writeFixture({ 'package.json': '{}' })
    const current = healthy
    expect((await refused(resolveBaseline({ baseline: 'main', root: nowhere, current }))).codes).toEqual([
      'PACELINE_GIT_UNAVAILABLE',
    ])
    const { top, root } = await repository()
    expect(await refused(resolveBaseline({ baseline: 'mian', root, current }))).toEqual({
      codes: ['PACELINE_GIT_REF_UNKNOWN'],
      message: '`mian` is neither a file nor a git ref of this repository. Did you mean `main`?',
    })
    expect((await refused(resolveBaseline({ baseline: '--help', root, current }))).codes).toEqual([
      'PACELINE_GIT_REF_UNKNOWN',
    ])
    git(top, 'checkout', '--quiet', '--orphan', 'other')
    git(top, 'commit', '--quiet', '-m', 'unrelated')
    expect((await refused(resolveBaseline({ baseline: 'main', root, current }))).codes).toEqual([
      'PACELINE_GIT_NO_MERGE_BASE',
    ])
    const clone = join(await writeFixture({}), 'clone')
    execFileSync('git', ['clone', '--quiet', '--depth=1', '--no-single-branch', `file://${top}`, clone], {
      stdio: 'ignore',
    })
    expect(await refused(resolveBaseline({ baseline: 'origin/feature', root: clone, current }))).toMatchObject({
      codes: ['PACELINE_GIT_SHALLOW'],
      message: expect.stringContaining('git fetch --unshallow'),
    })
  })
})

describe('a baseline that is built anew', () => {
  it('builds the merge base in a worktree, with the packages that are installed, and stores its report', async () => {
    const { top, root, base } = await repository('apps/shop')
    const log: string[] = []
    const rebuild = { log: (line: string) => void log.push(line) }
    const baseline = await resolveBaseline({ baseline: 'main', root, current: healthy, rebuild })
    expect(baseline.from).toBe('rebuilt')
    const ids = baseline.report.modules.map(({ id }) => id)
    expect(ids).toContain('src/greet.js')
    expect(ids.find((id) => id.endsWith('tiny-format/index.js'))).toBeDefined()
    expect(baseline.report.packages.map(({ name, version }) => [name, version])).toEqual([['tiny-format', '2.1.0']])
    expect(await storedReport(root, base)).toEqual(baseline.report)
    expect(log).toEqual([`building main (${base.slice(0, 7)}) to compare with`])
    expect(worktrees(top)).toBe(1)
    expect(git(top, 'status', '--porcelain')).toBe('')
  })

  it('installs the packages of a commit with another lockfile, those for development too', async () => {
    const { top, root } = await repository()
    const bin = await writeFixture({
      pnpm: '#!/bin/sh\nmkdir -p node_modules && echo "$NODE_ENV $*" > node_modules/installed\n',
    })
    await chmod(join(bin, 'pnpm'), 0o755)
    git(top, 'checkout', '--quiet', 'main')
    await writeFiles(root, { 'pnpm-lock.yaml': 'one' })
    git(top, 'add', '-A')
    git(top, 'commit', '--quiet', '-m', 'lock')
    await writeFiles(root, { 'pnpm-lock.yaml': 'two' })
    git(top, 'commit', '--quiet', '-am', 'other lock')
    const tree = await writeFixture({ 'package.json': '{}' })
    // As the resolved config of a build leaves it.
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`)
    const lines: string[] = []
    const open = await openGit(root)
    await installModules(open, await open.commitOf('HEAD~1'), tree, (line) => lines.push(line))
    vi.unstubAllEnvs()
    expect(await readFile(join(tree, 'node_modules/installed'), 'utf8')).toBe('development install --frozen-lockfile\n')
    expect(lines).toEqual(['pnpm install --frozen-lockfile (the packages of that commit differ)'])
  })

  it('removes the worktree and gives the reason when that commit does not build', async () => {
    const { top, root } = await repository()
    git(top, 'checkout', '--quiet', 'main')
    await writeFiles(root, { 'src/main.js': "import './nowhere.js'\n" })
    git(top, 'commit', '--quiet', '-am', 'broken')
    git(top, 'checkout', '--quiet', '-b', 'later')
    await writeFiles(root, { 'src/later.js': '' })
    const { codes, message } = await refused(resolveBaseline({ baseline: 'main', root, current: healthy, rebuild: {} }))
    expect(codes).toContain('PACELINE_BASELINE_BUILD_FAILED')
    expect(message).toContain('nowhere.js')
    expect(worktrees(top)).toBe(1)
  })

  it('takes a command of the app instead, and the report it leaves even when its budgets fail', async () => {
    const { root } = await repository()
    const command = `mkdir .paceline && echo '${JSON.stringify(healthy)}' > .paceline/report.json && exit 1`
    expect(
      (await resolveBaseline({ baseline: 'main', root, current: overweight, rebuild: { command } })).report,
    ).toEqual(healthy)
    await rm(join(root, 'node_modules/.cache'), { recursive: true })
    const failing = refused(
      resolveBaseline({
        baseline: 'main',
        root,
        current: overweight,
        rebuild: { command: 'echo no such page; exit 1' },
      }),
    )
    expect((await failing).message).toContain('no such page')
  })
})

describe('withWorktree', () => {
  it('is gone after an interrupt', async () => {
    const { top, root } = await repository()
    const script = `
      import { openGit } from ${JSON.stringify(new URL('../../../kit/src/git/git.ts', import.meta.url).href)}
      import { withWorktree } from ${JSON.stringify(new URL('../../../kit/src/git/worktree.ts', import.meta.url).href)}
      await withWorktree(await openGit(${JSON.stringify(root)}), 'main', async (dir) => {
        console.log(dir)
        await new Promise((done) => setTimeout(done, 30_000))
      })`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
    const dir = chunk.toString().trim()
    expect(existsSync(join(dir, 'src/main.js'))).toBe(true)
    child.kill('SIGINT')
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(signal).toBe('SIGINT')
    expect(existsSync(dirname(dir))).toBe(false)
    expect(worktrees(top)).toBe(1)
  })

  it('links packages and points workspaces of the repository to their own copies', async () => {
    const { top, root } = await repository('app')
    await writeFiles(top, { 'packages/ui/package.json': '{"name":"ui"}', 'packages/ui/index.js': 'old' })
    await symlink('../../packages/ui', join(root, 'node_modules/ui'))
    git(top, 'add', '-A')
    git(top, 'commit', '--quiet', '-m', 'workspace')
    await writeFiles(top, { 'packages/ui/index.js': 'new' })
    const open = await openGit(root)
    await withWorktree(open, 'HEAD', async (dir) => {
      await installModules(open, 'HEAD', dir, () => {})
      expect(await readFile(join(dir, 'app/node_modules/ui/index.js'), 'utf8')).toBe('old')
      expect(await readFile(join(dir, 'app/node_modules/tiny-format/package.json'), 'utf8')).toContain('2.1.0')
      expect(await readdir(join(dir, 'app/node_modules'))).not.toContain('.cache')
    })
  })
})
