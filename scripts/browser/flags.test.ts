import { describe, expect, test } from 'vitest'
import { chromiumFlags, CONTAINED_FLAGS } from './flags.ts'

const desk = { platform: 'linux', env: {}, uid: 1000, container: false } as const

describe('chromiumFlags', () => {
  test("keeps the sandbox on people's machines, in their containers too", () => {
    expect(chromiumFlags(desk)).toEqual([])
    expect(chromiumFlags({ ...desk, container: true })).toEqual([])
    expect(chromiumFlags({ ...desk, env: { CI: 'true' } })).toEqual([])
    expect(chromiumFlags({ ...desk, container: true, env: { CI: 'false' } })).toEqual([])
  })

  test('gives it up as root on Linux, and in a container of CI', () => {
    expect(chromiumFlags({ ...desk, uid: 0 })).toBe(CONTAINED_FLAGS)
    expect(chromiumFlags({ ...desk, container: true, env: { CI: 'true' } })).toBe(CONTAINED_FLAGS)
    expect(CONTAINED_FLAGS).toContain('--no-sandbox')
  })

  test('does as root on macOS what it does for everybody', () => {
    expect(chromiumFlags({ ...desk, platform: 'darwin', uid: 0 })).toEqual([])
  })

  test('lets PACELINE_CHROMIUM_FLAGS decide, also for none', () => {
    expect(chromiumFlags({ ...desk, uid: 0, env: { PACELINE_CHROMIUM_FLAGS: ' --a  --b=c ' } })).toEqual([
      '--a',
      '--b=c',
    ])
    expect(chromiumFlags({ ...desk, uid: 0, env: { PACELINE_CHROMIUM_FLAGS: '' } })).toEqual([])
  })
})
