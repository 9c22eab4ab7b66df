import { type Lockfile, LOCKFILES } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { lockChanges } from './lock-changes.ts'

/** What an update of `left` from 1.0.0 to 1.1.0 and of `@org/right` from 2.0.0 to 3.0.0-rc.1 changes, as the package managers write it. */
const UPDATES: Readonly<Record<string, readonly string[]>> = {
  'pnpm-lock.yaml of version 9': [
    '-        version: 1.0.0',
    '+        version: 1.1.0',
    '-  left@1.0.0:',
    '-    resolution: {integrity: sha512-aaaa==}',
    '+  left@1.1.0:',
    "-  '@org/right@2.0.0':",
    "+  '@org/right@3.0.0-rc.1':",
    "-  '@org/right@2.0.0(react@18.2.0)(left@1.0.0(react@18.2.0))':",
    "+  '@org/right@3.0.0-rc.1(react@18.2.0)(left@1.1.0(react@18.2.0))':",
    '-      other: 1.0.0(left@1.0.0)',
    '+      other: 1.0.0(left@1.1.0)',
    '-  other@1.0.0(left@1.0.0):',
    '+  other@1.0.0(left@1.1.0):',
  ],
  'pnpm-lock.yaml of version 6': [
    '-  /left@1.0.0:',
    '+  /left@1.1.0:',
    '-  /@org/right@2.0.0(react@18.2.0):',
    '+  /@org/right@3.0.0-rc.1(react@18.2.0):',
  ],
  'pnpm-lock.yaml of version 5': [
    '-  /left/1.0.0:',
    '+  /left/1.1.0:',
    '-  /@org/right/2.0.0_react@18.2.0:',
    '+  /@org/right/3.0.0-rc.1_react@18.2.0:',
  ],
  'package-lock.json': [
    '-      "version": "1.0.0",',
    '-      "resolved": "https://registry.example/left/-/left-1.0.0.tgz",',
    '+      "version": "1.1.0",',
    '+      "resolved": "https://registry.example/left/-/left-1.1.0.tgz",',
    '-      "resolved": "https://registry.example/@org/right/-/right-2.0.0.tgz",',
    '+      "resolved": "https://registry.example/@org%2fright/-/right-3.0.0-rc.1.tgz",',
    '-      "integrity": "sha512-aaaa==",',
  ],
  'yarn.lock of version 1': [
    '-  resolved "https://registry.example/left/-/left-1.0.0.tgz#aaaa"',
    '+  resolved "https://registry.example/left/-/left-1.1.0.tgz#bbbb"',
    '-"@org/right@^2.0.0":',
    '-  resolved "https://registry.example/@org/right/-/right-2.0.0.tgz#aaaa"',
    '+  resolved "https://registry.example/@org/right/-/right-3.0.0-rc.1.tgz#bbbb"',
  ],
  'yarn.lock of Berry': [
    '-  resolution: "left@npm:1.0.0"',
    '+  resolution: "left@npm:1.1.0"',
    '-  resolution: "@org/right@npm:2.0.0"',
    '+  resolution: "@org/right@npm:3.0.0-rc.1"',
    '-  checksum: 10c0/aaaa',
  ],
  'bun.lock': [
    '-    "left": ["left@1.0.0", "", {}, "sha512-aaaa=="],',
    '+    "left": ["left@1.1.0", "", {}, "sha512-bbbb=="],',
    '-    "other/@org/right": ["@org/right@2.0.0", "", { "dependencies": { "left": "^1.0.0" } }, "sha512-aaaa=="],',
    '+    "other/@org/right": ["@org/right@3.0.0-rc.1", "", { "dependencies": { "left": "^1.1.0" } }, "sha512-bbbb=="],',
  ],
}

const fileOf = (title: string): Lockfile => title.split(' ')[0] as Lockfile

describe('lockChanges', () => {
  it.each(Object.keys(UPDATES))('names the packages that an update of a %s changed', async (title) => {
    const lines = ['commit one', 'diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1 +1 @@', ...(UPDATES[title] ?? [])]
    expect(await lockChanges(lines, fileOf(title))).toEqual([new Set(['left', '@org/right'])])
  })

  it('knows a sample of every lockfile that it looks for, but for the other name of npm’s', () => {
    const known = new Set(Object.keys(UPDATES).map(fileOf))
    expect(LOCKFILES.filter((file) => !known.has(file))).toEqual(['npm-shrinkwrap.json'])
  })

  it('finds nothing in a lockfile that was only written in another way', async () => {
    const lines = ['commit one', '-  /left@1.0.0:', '-  /left@1.0.0(react@18.2.0):', '+  left@1.0.0:']
    expect(await lockChanges(lines, 'pnpm-lock.yaml')).toEqual([new Set()])
  })

  it('counts one more version of a package, and keeps commits apart', async () => {
    const lines = ['commit one', '+  left@1.1.0:', '', 'commit two', '', 'commit three', '-  right@1.0.0:']
    expect(await lockChanges(lines, 'pnpm-lock.yaml')).toEqual([new Set(['left']), new Set(), new Set(['right'])])
  })
})
