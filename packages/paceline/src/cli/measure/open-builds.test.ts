import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { manifestOf } from './open-builds.ts'
import type { FoundBuild } from './open-builds.ts'

const PAGE = '<!doctype html><title>App</title>'
const MANIFEST = JSON.stringify({
  schemaVersion: 1,
  release: '0123456789ab',
  base: '/',
  policies: { page: { 'cache-control': 'no-cache' } },
  documents: [],
  files: [
    {
      file: 'index.html',
      type: 'text/html; charset=utf-8',
      bytes: PAGE.length,
      sha256: '0'.repeat(64),
      policy: 'page',
      hashed: false,
    },
  ],
})

test('a build is served by the manifest that its release has, and no other build is', async () => {
  const root = await writeFixture({
    'dist/index.html': PAGE,
    'dist-baseline/index.html': `${PAGE}<p>another one`,
    '.paceline/delivery/manifest.json': MANIFEST,
  })
  const build = (given: string): FoundBuild => ({ name: given, given, reportDirs: [join(root, '.paceline')] })
  expect(await manifestOf(build('dist'), root)).toBe(join(root, '.paceline/delivery/manifest.json'))
  expect(await manifestOf(build('dist-baseline'), root)).toBeUndefined()
  expect(await manifestOf(build('http://localhost:4180'), root)).toBeUndefined()
})
