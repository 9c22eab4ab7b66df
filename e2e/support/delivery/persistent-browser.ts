import { chromium, type BrowserContext } from '@playwright/test'
import { readEnvironment } from '../environment.ts'

/**
 * Chromium with a profile of its own, as a person has one: what it has downloaded is there again when it is started anew. Contexts of tests forget
 * everything, and those of Playwright's own have no HTTP cache on disk.
 */
export function openBrowser(profile: string, more: readonly string[] = []): Promise<BrowserContext> {
  const { chromium: executablePath, flags } = readEnvironment(process.env)
  return chromium.launchPersistentContext(profile, {
    args: [...flags, ...more],
    chromiumSandbox: !flags.includes('--no-sandbox'),
    ...(executablePath !== undefined && { executablePath }),
  })
}
