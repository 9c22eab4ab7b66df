import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { commitAll, git, writeFiles, writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { readHistory } from './read-history.ts'

const lockfile = (axios: string, react: string): string =>
  `lockfileVersion: '9.0'\n\npackages:\n\n  axios@${axios}:\n    resolution: {}\n\n  react@${react}:\n    resolution: {}\n`

/** A workspace with an app below it: three commits of the lockfile, one of them by a merge, and one that leaves it alone. */
async function workspace(): Promise<string> {
  const top = await writeFixture({ 'pnpm-lock.yaml': lockfile('1.0.0', '18.0.0'), 'apps/ui/index.html': '' })
  await commitAll(top)
  await writeFiles(top, { 'pnpm-lock.yaml': lockfile('1.1.0', '18.0.0') })
  await commitAll(top)
  await writeFiles(top, { 'apps/ui/index.html': 'changed' })
  await commitAll(top)
  git(top, 'checkout', '--quiet', '-b', 'feature')
  for (const react of ['18.1.0', '18.2.0']) {
    await writeFiles(top, { 'pnpm-lock.yaml': lockfile('1.1.0', react) })
    await commitAll(top)
  }
  git(top, 'checkout', '--quiet', 'main')
  git(top, 'merge', '--quiet', '--no-ff', '-m', 'merged', 'feature')
  return top
}

test('gives what each commit on the main line changed in the nearest lockfile, newest first, a merge as one', async () => {
  const top = await workspace()
  const changes = [new Set(['react']), new Set(['axios']), new Set(['axios', 'react'])]
  expect(await readHistory(join(top, 'apps/ui'))).toEqual(changes)
  expect(await readHistory(top)).toEqual(changes)
})

test('gives nothing in a shallow clone, whose history is not that of other machines', async () => {
  const top = await workspace()
  const clone = join(await writeFixture({}), 'clone')
  git(top, 'clone', '--quiet', '--depth=2', `file://${top}`, clone)
  expect(await readHistory(join(clone, 'apps/ui'))).toBeUndefined()
})

test('gives nothing outside of git, and in a repository without commits or without a lockfile in it', async () => {
  const files = { 'pnpm-lock.yaml': lockfile('1.0.0', '18.0.0') }
  const outside = await writeFixture(files)
  // The temporary folder of a machine may be in a repository itself.
  await mkdir(join(outside, 'app'))
  git(outside, 'init', '--quiet', '--initial-branch=main')
  expect(await readHistory(join(outside, 'app'))).toBeUndefined()
  const ignored = await writeFixture({ ...files, '.gitignore': 'pnpm-lock.yaml\n' })
  await commitAll(ignored)
  expect(await readHistory(ignored)).toBeUndefined()
  const bare = await writeFixture({ 'index.html': '' })
  await commitAll(bare)
  expect(await readHistory(bare)).toBeUndefined()
})
