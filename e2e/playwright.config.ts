import { defineConfig } from '@playwright/test'
import type { PlaywrightTestConfig } from '@playwright/test'
import { readEnvironment } from './support/environment.ts'

const { chromium, flags, url } = readEnvironment(process.env)

export default defineConfig({
  testDir: 'tests',
  outputDir: '../.cache/test-results/playwright',
  // A flaky test is a wrong test or a wrong program: neither gets better by trying again.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  // Where the JSON goes is said by PLAYWRIGHT_JSON_OUTPUT_FILE; without it, it would be printed.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? [['line']] : [['line'], ['json']],
  use: {
    ...(url !== undefined && { baseURL: url }),
    trace: 'retain-on-failure',
    launchOptions: {
      args: flags,
      // Playwright leaves the sandbox out unless it is told.
      chromiumSandbox: !flags.includes('--no-sandbox'),
      ...(chromium !== undefined && { executablePath: chromium }),
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  // With PACELINE_E2E_URL the tests run against a server that is up already, e.g. the one of `npm start`.
  ...(url === undefined && { webServer: servedPlayground() }),
})

function servedPlayground(): NonNullable<PlaywrightTestConfig['webServer']> {
  return {
    command: 'npm run --silent serve --workspace=@paceline/playground -- --port 0',
    cwd: '..',
    // The port is whichever is free; the address that the server prints becomes PACELINE_E2E_URL in the workers.
    wait: { stdout: /(?<paceline_e2e_url>https?:\/\/[^\s/]+)/ },
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    timeout: 60_000,
  }
}
