import { describe, expect, test } from 'vitest'
import { chooseNode, compareVersions } from './node-choice.mjs'

const facts = {
  wanted: '24.21.0',
  pinned: '24.21.0',
  present: true,
  system: '20.20.2',
  minimum: '22.19',
  platform: 'linux-x64',
}

describe('chooseNode', () => {
  test('takes the pinned Node without a word when it runs', () => {
    expect(chooseNode(facts)).toEqual({ use: 'pinned' })
  })

  test('falls back to a new enough system Node and says why', () => {
    const broken = { ...facts, pinned: undefined, system: '22.20.0' }
    expect(chooseNode(broken)).toEqual({
      use: 'system',
      note: expect.stringContaining('does not run on this platform (linux-x64)'),
    })
    expect(chooseNode({ ...broken, present: false }).note).toContain('did not run')
    expect(chooseNode({ ...broken, pinned: '24.20.0' }).note).toContain(
      'is 24.20.0 where package.json asks for 24.21.0',
    )
  })

  test('refuses when the system Node is too old as well, with both versions', () => {
    expect(() => chooseNode({ ...facts, pinned: undefined })).toThrow(/found 20\.20\.2, needed is 22\.19 or newer/)
  })
})

test.each([
  ['22.19.0', '22.19', 0],
  ['22.9.0', '22.19', -10],
  ['24.0.0-rc.1', '22.19', 2],
])('compareVersions(%s, %s) is %i', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(sign))
})
