import { defineConfig } from '@playwright/test'
import type { PlaywrightTestConfig } from '@playwright/test'
import { readEnvironment } from './support/environment.ts'
import type { Options } from './support/test.ts'

const { chromium, flags, url, defaultUrl } = readEnvironment(process.env)
/** The servers, once they are up, have set both addresses. One alone came from outside. */
const isServedElsewhere = url !== undefined && defaultUrl === undefined

const projects: NonNullable<PlaywrightTestConfig<Options>['projects']> = [
  {
    name: 'planned',
    use: { reports: '.paceline', ...(url !== undefined && { baseURL: url }) },
  },
  // The playground in Vite's own chunks: what its users do has to work in both.
  {
    name: 'default',
    testMatch: ['images/**', 'playground/**', 'route-closures.spec.ts'],
    use: {
      reports: '.paceline/default',
      ...(defaultUrl !== undefined && { baseURL: defaultUrl }),
    },
  },
]

export default defineConfig<Options>({
  testDir: 'tests',
  outputDir: '../.cache/test-results/playwright',
  // A flaky test is a wrong test or a wrong program: neither gets better by trying again.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  // Of what comes true at some time: on a machine that is busy this is later, and no other answer.
  expect: { timeout: 15_000 },
  // Where the JSON goes is said by PLAYWRIGHT_JSON_OUTPUT_FILE; without it, it would be printed.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? [['line']] : [['line'], ['json']],
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    // What a worker answers is seen by no route and counted by no test; those that are about it allow it.
    serviceWorkers: 'block',
    launchOptions: {
      args: flags,
      // Playwright leaves the sandbox out unless it is told.
      chromiumSandbox: !flags.includes('--no-sandbox'),
      ...(chromium !== undefined && { executablePath: chromium }),
    },
  },
  projects: isServedElsewhere ? projects.slice(0, 1) : projects,
  // With PACELINE_E2E_URL the tests run against a server that is up already, e.g. the one of `npm start`.
  ...(!isServedElsewhere && {
    webServer: [
      servedPlayground('dist', '.paceline', /(?<paceline_e2e_url>https?:\/\/[^\s/]+)/),
      servedPlayground('dist-default', '.paceline/default', /(?<paceline_e2e_default_url>https?:\/\/[^\s/]+)/),
    ],
  }),
})

type WebServer = Extract<NonNullable<PlaywrightTestConfig['webServer']>, readonly unknown[]>[number]

/** @param address What the server prints; the name of the group is that of the variable which tells the workers. */
function servedPlayground(dist: string, reports: string, address: RegExp): WebServer {
  return {
    // The port is whichever is free.
    command: `npm run --silent serve --workspace=@paceline/playground -- --port 0 --dist ${dist} --reports ${reports} --beacons ../.cache/beacons/${dist}`,
    cwd: '..',
    wait: { stdout: address },
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    timeout: 60_000,
  }
}
