import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { matrixApps } from './apps.ts'
import { legacyFiles, readReport, unknownFiles, unmetVerdicts, wrongSizes } from './lib/check-report.ts'
import { prepareApps } from './lib/prepared-app.ts'
import type { PreparedApp } from './lib/prepared-app.ts'
import { runPaceline, outcomeOf } from './lib/run-build.ts'
import { selectApps, selectedWords } from './lib/select-apps.ts'
import { pacelineScript, serveApp } from './lib/serve-app.ts'
import { headingOf, launchChromium, openVisit, serviceWorkerReady } from './lib/visit.ts'

const { apps: names } = selectApps(selectedWords(process.env), matrixApps)
const chosen = matrixApps.filter(({ name }) => names.includes(name))
const prepared = prepareApps(chosen, inject('folder'), inject('packed'))
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium(process.env)
})
afterAll(() => browser?.close())

describe.each(prepared.map((one) => ({ name: one.app.name, one })))('$name', ({ one }) => {
  test('installs', async () => {
    await expect(one.installed).resolves.toBeUndefined()
  })

  test('builds without a warning', async () => {
    const built = await one.built()
    expect(outcomeOf(built)).toEqual({ code: 0, warnings: [] })
  })

  test('has a report that agrees with the disk', async () => {
    await one.built()
    const report = await readReport(one.root)
    expect(report.files).not.toEqual([])
    expect(await wrongSizes(report, one.dir)).toEqual([])
    expect(await unknownFiles(report, one.dir)).toEqual([])
    expect(unmetVerdicts(report)).toEqual([])
    expect(legacyFiles(report)).toEqual([])
    expect(report.routes.map(({ id }) => id).toSorted()).toEqual(one.app.routes)
  })

  test('holds what `paceline check` checks', async () => {
    await one.built()
    const checked = await runPaceline(one.root, 'check')
    expect(outcomeOf(checked)).toEqual({ code: 0, warnings: [] })
  })

  test('runs in Chromium, or is left alone as a library', async () => {
    await one.built()
    const verify = one.app.library ? verifyLibrary : verifyInChromium
    await verify(one)
  })
})

async function verifyLibrary({ built, dir }: PreparedApp): Promise<void> {
  const { stdout } = await built()
  expect(stdout).toContain('`build.lib` makes a library')
  expect((await readdir(dir)).toSorted()).toEqual(['index.css', 'index.js'])
}

/** Shows the first page, goes to the second, loads that anew, and, where it can, once more without a network. */
async function verifyInChromium({ app, root, dir }: PreparedApp): Promise<void> {
  const script = app.server === undefined ? pacelineScript(join(inject('folder'), app.name)) : join(root, app.server)
  const args = app.server === undefined ? ['serve', dir, '--port', '0'] : []
  const served = await serveApp(root, script, args)
  const { page, context, problems, close } = await openVisit(browser)
  const seen = async (title: string): Promise<unknown> => ({ heading: await headingOf(page, title), problems })
  const expected = (title: string): unknown => ({ heading: title, problems: [] })
  try {
    await page.goto(`${served.url}${app.start ?? '/'}`)
    expect(await seen('Home')).toEqual(expected('Home'))
    await page.getByRole('link', { name: 'About' }).click()
    expect(await seen('About')).toEqual(expected('About'))
    await page.reload()
    expect(await seen('About')).toEqual(expected('About'))
    if (app.offline) {
      await serviceWorkerReady(page)
      await page.reload()
      await served.stop()
      await context.setOffline(true)
      await page.reload()
      expect(await seen('About')).toEqual(expected('About'))
    }
  } finally {
    await close()
    await served.stop()
  }
}
