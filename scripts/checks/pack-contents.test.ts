import { expect, test } from 'vitest'
import { faultsOfPack } from './pack-contents.ts'

test('says what a package lacks, what is too much, and what names this machine', () => {
  const texts: Record<string, string> = {
    'package.json': '{}',
    'README.md': '',
    'dist/index.js': 'export const from = "/home/somebody/paceline/dist"',
    'dist/index.test.js': '',
    'src/index.ts': '',
    'dist/sources/index.js': '',
  }
  expect(faultsOfPack(Object.keys(texts), (path) => texts[path]!, '/home/somebody/paceline')).toEqual([
    'LICENSE is missing.',
    'dist/index.test.js is nothing that users need.',
    'src/index.ts is nothing that users need.',
    'dist/index.js names a folder of this machine.',
  ])
})

test('has nothing to say of a package that is right', () => {
  expect(faultsOfPack(['LICENSE', 'README.md', 'package.json', 'dist/index.js'], () => '', '/home')).toEqual([])
})
