import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BuildReport } from '@paceline/build-graph'
import { expect, test } from '../../support/collector/people.ts'
import { command } from '../../support/delivery/served-with-paceline.ts'

const PLAYGROUND = fileURLToPath(new URL('../../../playground/', import.meta.url))
const PATH = '/projects'

test('a visitor of the playground shows up on its dashboard while somebody looks, with the name of the page', async ({
  people,
  page,
  baseURL,
}) => {
  test.setTimeout(120_000)
  // As `npm start` does after the build.
  await promisify(execFile)(process.execPath, [command, 'release', 'push', '--root', PLAYGROUND, '--url', baseURL!])
  const report = JSON.parse(await readFile(`${PLAYGROUND}.paceline/report.json`, 'utf8')) as BuildReport
  const { build: release, routes } = report.vitals!
  const route = routes.indexOf(PATH)
  expect(route).toBeGreaterThanOrEqual(0)
  const pages = async (): Promise<number> => {
    await page.request.post('/__paceline/api/cache/clear')
    const answer = await page.request.get(`/__paceline/api/performance/stats?release=${release}&route=${route}`)
    return ((await answer.json()) as { readonly pages: number }).pages
  }
  const before = await pages()

  await page.goto(`/__paceline/dashboard/#release=${release}`)
  const lines = page.locator('.live li')
  await expect(page.getByText('Waiting for a page')).toBeVisible()
  const visitor = await people.newContext(baseURL === undefined ? {} : { baseURL })
  const visit = await visitor.newPage()
  await visit.goto(PATH)
  await expect(visit.getByRole('link', { name: 'North Ridge' })).toBeVisible({ timeout: 30_000 })
  await visit.waitForTimeout(400)
  await visit.goto('about:blank')
  await visitor.close()

  await expect(lines.filter({ hasText: 'LCP' }).first()).toContainText(PATH, { timeout: 15_000 })
  await expect.poll(pages, { timeout: 15_000 }).toBe(before + 1)
  await page.getByRole('combobox', { name: 'Route' }).selectOption(PATH)
  await expect(page.locator('.tiles')).toContainText(`Pages${(before + 1).toLocaleString('en')}`, { timeout: 15_000 })
})
