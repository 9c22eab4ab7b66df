import { isContainer } from './container.ts'
import { findChromium } from './find-chromium.ts'
import { chromiumFlags } from './flags.ts'

/** What tests in a browser read: its executable, and the flags that it needs on this machine. */
export interface ChromiumEnvironment {
  readonly PACELINE_CHROMIUM: string
  /** Separated by spaces. */
  readonly PACELINE_CHROMIUM_FLAGS: string
}

/**
 * The browser of this machine, for the environment of a test runner.
 *
 * @throws {SetupError} When there is none to be had.
 */
export async function chromiumEnvironment(): Promise<ChromiumEnvironment> {
  const { platform, env } = process
  const executable = await findChromium()
  const flags = chromiumFlags({ platform, env, uid: process.getuid?.(), container: isContainer() })
  return { PACELINE_CHROMIUM: executable, PACELINE_CHROMIUM_FLAGS: flags.join(' ') }
}
