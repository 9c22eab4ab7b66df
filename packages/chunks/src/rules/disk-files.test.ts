import { join } from 'node:path'
import { writeFixture } from '@paceline/testkit'
import { expect, it } from 'vitest'
import { moduleMatcher } from '../match-modules.ts'
import { diskTest } from './disk-files.ts'

it('finds sources below and beside the root and in packages that are named, not output, not what packages hold', async () => {
  const top = await writeFixture({
    'app/src/server/db.js': '',
    'app/dist/src/old.js': '',
    'app/node_modules/lib/fp/map.js': '',
    'app/.git/hook.js': '',
    'node_modules/@scope/lib/node.js': '',
    'shared/a.js': '',
  })
  const root = join(top, 'app')
  const onDisk = diskTest(root, join(root, 'dist'))
  const found = (glob: string): boolean => onDisk(glob, moduleMatcher([glob]))
  const there = [
    'src/server/**',
    './src/**/*.js',
    '**/db.js',
    'src/server/db.js',
    '../shared/*',
    'lib/fp/**',
    '@scope/lib/*.js',
  ]
  expect(there.filter((glob) => !found(glob))).toEqual([])
  expect(['src/sever/**', '**/old.js', '**/map.js', '**/hook.js', 'lib/pf/**', '../share/*'].filter(found)).toEqual([])
})
