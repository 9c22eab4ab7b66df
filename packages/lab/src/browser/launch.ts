import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { labError } from '../errors.ts'
import { bounded } from './bounded.ts'
import { findChromium } from './find-chromium.ts'

const START_MS = 30_000
const END_MS = 10_000

/**
 * Lets `work` use a browser of its own, which is gone afterwards, whatever happens: Playwright kills it with this process, too.
 *
 * @throws `PACELINE_LAB_NO_BROWSER`, `PACELINE_LAB_BROWSER_FAILED`
 */
export async function withBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const executablePath = findChromium()
  const args = (process.env['PACELINE_CHROMIUM_FLAGS'] ?? '').split(/\s+/).filter((flag) => flag !== '')
  const browser = await chromium
    .launch({ executablePath, args, chromiumSandbox: !args.includes('--no-sandbox'), timeout: START_MS })
    .catch((cause: unknown) => {
      throw labError('PACELINE_LAB_BROWSER_FAILED', [executablePath, reasonOf(cause)], { cause })
    })
  try {
    return await work(browser)
  } finally {
    await bounded(browser.close(), END_MS).catch(() => undefined)
  }
}

/** The line of Chromium's that says what is wrong; Playwright puts all that it printed into its message. */
function reasonOf(cause: unknown): string {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n').map((line) => line.trim())
  return (lines.find((line) => /ERROR|FATAL|error while|not supported/.test(line)) ?? lines[0] ?? '').slice(0, 300)
}
