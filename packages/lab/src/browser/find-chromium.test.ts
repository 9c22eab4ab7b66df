import { describe, expect, test } from 'vitest'
import type { Machine } from './chromium-candidates.ts'
import { findChromium } from './find-chromium.ts'

const machine = (env: Machine['env']): Machine => ({ platform: 'linux', env, home: '/home/somebody' })
const nothing = (): boolean => false

describe('findChromium', () => {
  test('takes the first that is there, and before all the one that is named', () => {
    const isThere = (file: string): boolean => ['/two/google-chrome', '/own/chrome'].includes(file)
    expect(findChromium(machine({ PATH: '/one:/two' }), isThere)).toBe('/two/google-chrome')
    expect(findChromium(machine({ PATH: '/one:/two', PACELINE_CHROMIUM: '/own/chrome' }), isThere)).toBe('/own/chrome')
  })

  test('says what it looked for where there is none, and what to do', () => {
    expect(() => findChromium(machine({ PATH: '/usr/bin' }), nothing)).toThrow(
      expect.objectContaining({
        code: 'PACELINE_LAB_NO_BROWSER',
        message:
          '`paceline measure` needs Chromium or Chrome, and there is none; looked for chromium, chromium-browser, google-chrome-stable, google-chrome, the Chromium of Playwright. Install one, or set PACELINE_CHROMIUM to an executable.',
      }),
    )
  })

  test('takes no other browser for one that is named and missing', () => {
    const isThere = (file: string): boolean => file === '/usr/bin/chromium'
    expect(() => findChromium(machine({ PATH: '/usr/bin', PACELINE_CHROMIUM: '/nowhere/chromium' }), isThere)).toThrow(
      /there is none; looked for PACELINE_CHROMIUM=\/nowhere\/chromium\. Install one/,
    )
  })
})
