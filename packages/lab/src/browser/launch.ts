import { constants } from 'node:os'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { labError } from '../errors.ts'
import { bounded } from './bounded.ts'
import { findChromium } from './find-chromium.ts'

const START_MS = 30_000
const END_MS = 10_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Lets `work` use a browser of its own, which is gone afterwards, whatever happens: Playwright kills it when this process exits, and Chromium goes when the
 * pipe to this process breaks.
 *
 * @throws `PACELINE_LAB_NO_BROWSER`, `PACELINE_LAB_BROWSER_FAILED`
 */
export async function withBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const executablePath = findChromium()
  for (const signal of SIGNALS) process.on(signal, exitAsTold)
  try {
    const browser = await launch(executablePath)
    try {
      return await work(browser)
    } finally {
      await bounded(browser.close(), END_MS).catch(() => undefined)
    }
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, exitAsTold)
  }
}

function launch(executablePath: string): Promise<Browser> {
  const args = (process.env['PACELINE_CHROMIUM_FLAGS'] ?? '').split(/\s+/).filter((flag) => flag !== '')
  // Playwright would close the browser and let us go on: a process that was told to stop would end with what it says of a browser that is gone.
  const leftToUs = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium
    .launch({
      executablePath,
      args,
      chromiumSandbox: !args.includes('--no-sandbox'),
      timeout: START_MS,
      ...leftToUs,
    })
    .catch((cause: unknown) => {
      throw labError('PACELINE_LAB_BROWSER_FAILED', [executablePath, reasonOf(cause)], { cause })
    })
}

/** Not by the signal itself: only who listens to `exit` can take the browser along. */
function exitAsTold(signal: NodeJS.Signals): void {
  // What shells say of a process that a signal has ended.
  process.exit(128 + constants.signals[signal])
}

/** The line of Chromium's that says what is wrong; Playwright puts all that it printed into its message. */
function reasonOf(cause: unknown): string {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n').map((line) => line.trim())
  return (lines.find((line) => /ERROR|FATAL|error while|not supported/.test(line)) ?? lines[0] ?? '').slice(0, 300)
}
