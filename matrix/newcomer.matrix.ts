import { hash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Browser } from '@playwright/test'
import { npmCommand } from '../scripts/lib/npm.mjs'
import { run } from '../scripts/lib/run.ts'
import { missingSiblings, readReport, unmetVerdicts, wrongSizes } from './lib/check-report.ts'
import { npmInstall, npmWarnings, userEnvironment } from './lib/install-app.ts'
import { runBuild, runPaceline, outcomeOf } from './lib/run-build.ts'
import { pacelineScript, serveApp } from './lib/serve-app.ts'
import { headingOf, launchChromium, openVisit } from './lib/visit.ts'

const CREATE_VITE = 'create-vite@9.3.0'
const root = join(inject('folder'), 'newcomer')
/** As Vite's dev server prints it. */
const DEV_ADDRESS = /Local:\s+(http:\S+)/
const FINE = { heading: 'Get started', problems: [] }
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium(process.env)
})
afterAll(() => browser?.close())

describe('a newcomer with an empty folder', () => {
  test('creates an app, installs paceline and writes two lines', async () => {
    await createApp()
    const said = await npmInstall(root, [inject('packed').paceline], inject('packed').registry, 'warn')
    expect({ warnings: npmWarnings(said), said }).toEqual({ warnings: [], said })
    await expect(addPaceline(join(root, 'vite.config.ts'))).resolves.toBeUndefined()
  })

  test('builds without a warning', async () => {
    const built = await runBuild(root)
    expect(outcomeOf(built)).toEqual({ code: 0, warnings: [] })
    expect(built.stdout).toMatch(/paceline ✓ \d+ budgets hold/)
  })

  test('has a report that agrees with the disk, and a check that holds', async () => {
    const report = await readReport(root)
    expect(await wrongSizes(report, join(root, 'dist'))).toEqual([])
    expect(unmetVerdicts(report)).toEqual([])
    expect(await missingSiblings(join(root, 'dist'))).toEqual([])
    const checked = await runPaceline(root, 'check')
    expect(outcomeOf(checked)).toEqual({ code: 0, warnings: [] })
  })

  test('builds the same again, without a warning', async () => {
    const before = await hashesOf(join(root, 'dist'))
    expect(outcomeOf(await runBuild(root))).toEqual({ code: 0, warnings: [] })
    expect(await hashesOf(join(root, 'dist'))).toEqual(before)
  })

  test('develops the app, without a problem in the console', async () => {
    const served = await serveApp(root, join(root, 'node_modules/vite/bin/vite.js'), ['--port', '0'], DEV_ADDRESS)
    const { page, problems, close } = await openVisit(browser)
    try {
      await page.goto(served.url)
      expect({ heading: await headingOf(page, 'Get started'), problems }).toEqual(FINE)
    } finally {
      await close()
      await served.stop()
    }
  })

  test('sees the app in Chromium, and compressed', async () => {
    const served = await serveApp(root, pacelineScript(root), ['serve', '--port', '0'])
    const { page, problems, close } = await openVisit(browser)
    try {
      await page.goto(served.url)
      expect({ heading: await headingOf(page, 'Get started'), problems }).toEqual(FINE)
      const script = await page
        .locator('script[type=module][src]')
        .evaluate((entry) => (entry as HTMLScriptElement).src)
      const { headers } = await fetch(script, { headers: { 'accept-encoding': 'br' } })
      expect(headers.get('content-encoding')).toBe('br')
      await page.getByRole('button', { name: 'Count is 0' }).click()
      await page.getByRole('button', { name: 'Count is 1' }).waitFor({ timeout: 15_000 })
      const broken = await page
        .locator('img')
        .evaluateAll((pictures) =>
          (pictures as HTMLImageElement[]).filter((picture) => picture.naturalWidth === 0).map(({ src }) => src),
        )
      expect(broken, 'pictures that are not shown').toEqual([])
      expect(problems).toEqual([])
    } finally {
      await close()
      await served.stop()
    }
  })
})

/** Every file of a folder with the hash of its bytes. */
async function hashesOf(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = files.toSorted().map(async (file) => [file, hash('sha256', await readFile(file))] as const)
  return Object.fromEntries(await Promise.all(hashes))
}

async function createApp(): Promise<void> {
  const { command, prefix, shell } = npmCommand()
  const words = ['exec', '--yes', '--', CREATE_VITE, 'newcomer', '--template', 'react-ts', '--no-interactive']
  const options = { cwd: inject('folder'), quiet: true, shell, env: userEnvironment() }
  const { code, stdout } = await run(command, [...prefix, ...words], options)
  if (code !== 0) throw new Error(`${CREATE_VITE} ended with ${code}; it comes from npm's registry.\n${stdout}`)
}

/** The two lines of the README. */
async function addPaceline(file: string): Promise<void> {
  const config = await readFile(file, 'utf8')
  const edited = `import { paceline } from 'paceline'\n${config.replace('plugins: [react()]', 'plugins: [react(), paceline()]')}`
  if (!edited.includes('paceline()]')) throw new Error(`The config of ${CREATE_VITE} has changed; received:\n${config}`)
  await writeFile(file, edited)
}
