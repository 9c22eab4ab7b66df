import { execFileSync } from 'node:child_process'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { commitAll, git, writeFiles, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, it, test } from 'vitest'
import { runIn } from '../../testing/fake-io.ts'
import { addLines, editGitignore, ignoredByText } from './edit-gitignore.ts'

const manifest = '{ "name": "shop", "devDependencies": { "vite": "^8.0.0" } }\n'
const app: FixtureFiles = { 'package.json': manifest, 'vite.config.js': 'export default { plugins: [] }\n' }
const REPORTS = '/.paceline/*\n!/.paceline/baseline.json\n'

async function repository(files: FixtureFiles): Promise<string> {
  const root = await writeFixture({ ...app, ...files })
  await commitAll(root)
  return root
}

interface Json {
  readonly files: readonly { readonly file: string; readonly action: string }[]
  readonly patch: string
}

/** Runs `paceline init`, holds the patch to what is written, and gives the file afterwards. */
async function initIn(root: string, at = '.'): Promise<string | undefined> {
  const { out } = await runIn(join(root, at), 'init', '--json', '--yes')
  const { files, patch } = JSON.parse(out) as Json
  const file = join(root, at, '.gitignore')
  const after = await readFile(file, 'utf8').catch(() => undefined)
  expect(patch.includes('+++ b/.gitignore\n')).toBe(files.some(({ file }) => file === '.gitignore'))
  const reversed = ['-C', join(root, at), 'apply', '--whitespace=nowarn', '--check', '--reverse', '-']
  execFileSync('git', reversed, { input: patch, stdio: ['pipe', 'ignore', 'pipe'] })
  expect((await runIn(join(root, at), 'init', '--yes')).out).toMatch(/^There is nothing to do/)
  expect(await readFile(file, 'utf8').catch(() => undefined)).toBe(after)
  return after
}

describe('the .gitignore of an app in a repository', () => {
  const cases: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'gets the reports': ['node_modules/\ndist/\n', `node_modules/\ndist/\n${REPORTS}`],
    'that does not end its last line': ['node_modules/\ndist/', `node_modules/\ndist/\n${REPORTS}`],
    'with the line ends of Windows': [
      'node_modules/\r\ndist/\r\n',
      `node_modules/\r\ndist/\r\n${REPORTS.replaceAll('\n', '\r\n')}`,
    ],
    'with the line ends of Windows, but for the last': [
      'node_modules/\r\ndist/',
      `node_modules/\r\ndist/\r\n${REPORTS.replaceAll('\n', '\r\n')}`,
    ],
    'that is empty: has the cache, too': ['', `${REPORTS}/node_modules/.cache/paceline/\n`],
    'that has them, stays': ['node_modules\n.paceline/\n', 'node_modules\n.paceline/\n'],
    'that has all but what it names, stays': ['*\n!src/\n!*.*\n.paceline\n', '*\n!src/\n!*.*\n.paceline\n'],
    'that takes them back, gets them again': [
      'node_modules\n*.json\n!.paceline/*\n!*ge.json\n',
      `node_modules\n*.json\n!.paceline/*\n!*ge.json\n${REPORTS}`,
    ],
  }
  it.each(Object.entries(cases))('%s', async (_, [before, after]) => {
    expect(await initIn(await repository({ '.gitignore': before }))).toBe(after)
  })

  it('is made where there is none', async () => {
    expect(await initIn(await repository({}))).toBe(`${REPORTS}/node_modules/.cache/paceline/\n`)
  })

  it('keeps git from seeing reports, and lets a baseline be committed', async () => {
    const root = await repository({ '.gitignore': 'node_modules\n' })
    await initIn(root)
    await commitAll(root)
    await writeFiles(root, { '.paceline/report.json': '', '.paceline/baseline.json': '', '.paceline/releases/a': '' })
    expect(git(root, 'status', '--porcelain', '--untracked-files=all')).toBe('?? .paceline/baseline.json')
  })

  it('has the directories that `paceline()` names, from the Vite root', async () => {
    const config = `const root = 'web'
export default { root, plugins: [paceline({ cache: { dir: '../.cache/[a]' }, buildGraph: { dir: 'reports' } })] }
`
    const root = await repository({ 'vite.config.js': config, '.gitignore': 'node_modules\n' })
    const reports = '/web/reports/*\n!/web/reports/baseline.json\n'
    expect(await initIn(root)).toBe(`node_modules\n${reports}/.cache/\\[a\\]/\n`)
    await writeFiles(root, { '.cache/[a]/x': '', 'web/reports/report.json': '' })
    expect(git(root, 'status', '--porcelain', '--untracked-files=all', '.cache', 'web')).toBe('')
  })

  it('leaves out what is outside of the app', async () => {
    const config = "export default { plugins: [paceline({ cache: { dir: '../shared-cache' } })] }\n"
    const root = await repository({ 'vite.config.js': config, '.gitignore': '.paceline\n' })
    expect(await initIn(root)).toBe('.paceline\n')
  })

  it('heeds the one at the top of a monorepo', async () => {
    const root = await writeFixture({
      '.gitignore': 'node_modules\n.paceline\n',
      'apps/web/package.json': manifest,
      'apps/web/vite.config.js': app['vite.config.js']!,
    })
    await commitAll(root)
    expect(await initIn(root, 'apps/web')).toBeUndefined()
  })

  it.each(['.git/info/exclude', '.git/mine/.gitignore'])('counts nothing that only `%s` leaves out', async (file) => {
    const root = await repository({ '.gitignore': 'node_modules\n' })
    await writeFiles(root, { [file]: '.paceline\n' })
    git(root, 'config', 'core.excludesFile', join(root, '.git/mine/.gitignore'))
    expect(await initIn(root)).toBe(`node_modules\n${REPORTS}`)
  })

  it('asks nothing of packages that are a link', async () => {
    const root = await repository({ '.gitignore': 'node_modules/\n' })
    await mkdir(join(root, 'elsewhere'))
    await symlink('elsewhere', join(root, 'node_modules'))
    expect(await initIn(root)).toBe(`node_modules/\n${REPORTS}`)
  })
})

describe('an app in no repository', () => {
  it('has the reports in the .gitignore that it brings', async () => {
    const root = await writeFixture({ ...app, '.gitignore': 'node_modules\ndist' })
    expect(await initIn(root)).toBe(`node_modules\ndist\n${REPORTS}`)
  })

  it.each(['.paceline', '.paceline/', '/.paceline/*', '**/.paceline/\r', ' .paceline/** '])(
    'leaves a .gitignore with `%s` as it is',
    async (line) => {
      const root = await writeFixture({ ...app, '.gitignore': `node_modules/\n${line}\n` })
      expect(await initIn(root)).toBe(`node_modules/\n${line}\n`)
    },
  )

  it('gets none', async () => {
    expect(await initIn(await writeFixture(app))).toBeUndefined()
  })
})

test('a directory is not taken for another that only begins like it', () => {
  const isIgnored = ignoredByText('.pace\n# .paceline\n!.paceline\nweb/.paceline\n')
  expect([isIgnored('.paceline'), isIgnored('web/.paceline')]).toEqual([false, true])
})

test('lines are added as the others end', () => {
  expect(addLines('', ['a', 'b'])).toBe('a\nb\n')
  expect(addLines('x\r\ny', ['a'])).toBe('x\r\ny\r\na\r\n')
})

test('directories elsewhere are left to their own .gitignore', async () => {
  const root = await writeFixture({ '.gitignore': '' })
  expect(await editGitignore(root, { reports: root, cache: join(root, '../cache') })).toEqual([])
})
