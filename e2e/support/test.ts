import { expect, test as base } from '@playwright/test'
import type { ConsoleMessage } from '@playwright/test'

/** What a project or a file of tests may set. */
export interface Options {
  /** Folder of the reports about the build under test, in the playground. */
  reports: string
  /** Messages of the page that a test provokes on purpose. */
  expectedErrors: RegExp[]
}

export interface Fixtures {
  /** Runs for every test that opens `page`. */
  failOnPageErrors: void
}

/**
 * Playwright's `test`, which also fails when the page throws, leaves a rejection unhandled or writes an error to the
 * console. A test that provokes one says so: `test.use({ expectedErrors: [/^Failed to load resource/] })`.
 */
export const test = base.extend<Options & Fixtures>({
  reports: ['.paceline', { option: true }],
  expectedErrors: [[], { option: true }],
  failOnPageErrors: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(describeMessage(message))
      })
      await use()
      const unexpected = errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))
      expect(unexpected, 'errors of the page').toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'

function describeMessage(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location()
  return url === '' ? message.text() : `${message.text()} (${url}:${lineNumber + 1})`
}
