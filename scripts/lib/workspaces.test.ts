import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './root.mjs'
import { workspaceFolders } from './workspaces.mjs'

test('finds the workspaces that the lockfile lists', () => {
  const lockfile: { packages: Record<string, { link?: boolean; resolved?: string }> } = JSON.parse(
    readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
  )
  const linked = Object.values(lockfile.packages)
    .filter(({ link }) => link === true)
    .map(({ resolved }) => resolved)
  expect(workspaceFolders(root)).toEqual(linked.sort())
})

test('leaves out folders without a package.json', () => {
  const manifests = globSync('packages/*/package.json', { cwd: root }).map((file) =>
    dirname(file).replaceAll('\\', '/'),
  )
  expect(workspaceFolders(root)).toEqual(expect.arrayContaining(manifests))
})
