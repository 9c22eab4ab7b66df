import { describe, expect, test } from 'vitest'
import { chromiumCandidates } from './chromium-candidates.ts'

describe('chromiumCandidates', () => {
  test('on Linux looks through PATH in its order before the fixed places', () => {
    const candidates = chromiumCandidates({ platform: 'linux', env: { PATH: '/opt/bin:/usr/bin:.' }, home: '/home/a' })
    expect(candidates[0]).toBe('/opt/bin/chromium')
    expect(candidates.indexOf('/usr/bin/chromium')).toBeGreaterThan(candidates.indexOf('/opt/bin/google-chrome'))
    expect(candidates.at(-1)).toBe('/snap/bin/chromium')
    // A browser in whatever folder we happen to stand in is not looked for.
    expect(candidates.every((file) => file.startsWith('/'))).toBe(true)
  })

  test('on macOS looks into the applications of all and of the user', () => {
    const candidates = chromiumCandidates({ platform: 'darwin', env: {}, home: '/Users/a' })
    expect(candidates[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    expect(candidates).toContain('/Users/a/Applications/Chromium.app/Contents/MacOS/Chromium')
  })

  test('on Windows looks into those of the program folders that are set', () => {
    const env = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' }
    const candidates = chromiumCandidates({ platform: 'win32', env, home: 'C:\\Users\\a' })
    expect(candidates).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe')
    expect(candidates).toContain('C:\\Users\\a\\AppData\\Local\\Chromium\\Application\\chrome.exe')
    expect(candidates).toHaveLength(4)
  })
})
