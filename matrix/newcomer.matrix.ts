import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Browser } from '@playwright/test'
import { npmCommand } from '../scripts/lib/npm.mjs'
import { run } from '../scripts/lib/run.ts'
import { readReport, unmetVerdicts, wrongSizes } from './lib/check-report.ts'
import { npmInstall, userEnvironment } from './lib/install-app.ts'
import { runBuild, runPaceline, outcomeOf } from './lib/run-build.ts'
import { pacelineScript, serveApp } from './lib/serve-app.ts'
import { headingOf, launchChromium, openVisit } from './lib/visit.ts'

const CREATE_VITE = 'create-vite@9.3.0'
const root = join(inject('folder'), 'newcomer')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium(process.env)
})
afterAll(() => browser?.close())

describe('a newcomer with an empty folder', () => {
  test('creates an app, installs paceline and writes two lines', async () => {
    await createApp()
    await npmInstall(root, [inject('packed').paceline], inject('packed').registry)
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
    const checked = await runPaceline(root, 'check')
    expect(outcomeOf(checked)).toEqual({ code: 0, warnings: [] })
  })

  test('sees the app in Chromium', async () => {
    const served = await serveApp(root, pacelineScript(root), ['serve', '--port', '0'])
    const { page, problems, close } = await openVisit(browser)
    try {
      await page.goto(served.url)
      expect({ heading: await headingOf(page, 'Get started'), problems }).toEqual({
        heading: 'Get started',
        problems: [],
      })
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
