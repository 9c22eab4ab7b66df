import { expect, test } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import sharp from 'sharp'
import type { Stats } from '@paceline/collector'
import { BROWSER, runCollector } from '../../support/collector/run-collector.ts'
import type { TestCollector } from '../../support/collector/run-collector.ts'
import { sloCheck } from '../../support/collector/slo-check.ts'
import { BAD, GOOD, HOSTILE, SCRIPT, SLOW_MODULE, visits } from '../../support/collector/visits.ts'

const DASHBOARD = '/__paceline/dashboard/'
const HOUR = 3_600_000

let collector: TestCollector

test.beforeEach(async () => {
  collector = await runCollector()
})
test.afterEach(() => collector.close())

/** A day of the good release, and then the bad one. @param sampleRate share of pages that were chosen to report */
async function twoReleases(sampleRate = 1): Promise<void> {
  await collector.push(GOOD)
  await collector.push(BAD)
  const now = Date.now()
  for (let hour = 20; hour >= 0; hour--)
    await collector.send(
      visits(hour < 6 ? BAD : GOOD, 160, now, hour + 1).map((beacon) => ({ ...beacon, sampleRate })),
      now - hour * HOUR - 60_000,
    )
  await collector.settle()
}

/** Whatever goes wrong in the page, or against its policy, fails the test. */
function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return problems
}

function tile(page: Page, name: string): Locator {
  return page.locator('.tiles > div').filter({ has: page.getByText(name, { exact: true }) })
}

/** Pictures for docs/collector/: PACELINE_SCREENSHOTS names the folder. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env['PACELINE_SCREENSHOTS']
  if (folder)
    await sharp(await page.screenshot({ fullPage: true }))
      .webp({ quality: 72 })
      .toFile(`${folder}/${name}.webp`)
}

test('the dashboard, the API, /metrics and `slo check` agree about a bad release, and name the module', async ({
  page,
}) => {
  await twoReleases()
  const problems = watch(page)
  await page.goto(`${collector.url}${DASHBOARD}#release=${BAD}`)
  const inp = page.locator('article.card').filter({ has: page.getByRole('heading', { name: /^INP/ }) })
  await expect(inp).toContainText('broken')
  const stats = await collector.json<{ sla: { name: string; n: number; within: number; status: string }[] }>(
    `/__paceline/api/performance/stats?release=${BAD}`,
  )
  const verdict = stats.sla.find(({ name }) => name === 'inp')!
  expect(verdict.status).toBe('broken')
  await expect(inp).toContainText(`of ${verdict.n.toLocaleString('en')} kept it`)
  await expect(page.getByRole('region', { name: 'Modules to blame' }).locator('tbody tr').first()).toContainText(
    SLOW_MODULE,
  )
  await expect(page.getByRole('region', { name: 'Modules to blame' }).locator('tbody tr').first()).toContainText(
    '@acme/notes',
  )
  await expect(page.getByRole('region', { name: 'Changed modules' })).toContainText(SLOW_MODULE)
  const releases = page.getByRole('region', { name: 'Release against release' })
  await expect(releases).toContainText('worse')
  // What is nothing as it is shown has no sign.
  await expect(releases).not.toContainText(/[+−]0 (?:ms|B)/)
  expect(await sloCheck(collector.url, BAD)).toEqual({ code: 1, verdict: 'broken' })
  expect(await sloCheck(collector.url, GOOD)).toEqual({ code: 0, verdict: 'holds' })
  const { bytes } = await collector.json<Pick<Stats, 'bytes'>>(`/__paceline/api/performance/stats?release=${BAD}`)
  const { hits, misses, bytesSaved } = bytes.worker
  // Every second page that reports: five requests out of six, and 336,000 bytes.
  expect(hits).toBe(5 * misses)
  expect(bytesSaved).toBe(misses * 336_000)
  const workerCaches = tile(page, 'Worker caches')
  await expect(workerCaches).toContainText('83.3 %')
  await expect(workerCaches).toContainText(
    `of ${(hits + misses).toLocaleString('en')} requests that service workers answered`,
  )
  const today = Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR
  const day = await collector.json<{ metrics: { inp: { n: number } } }>(
    `/__paceline/api/performance/stats?from=${today}`,
  )
  const metrics = await (await fetch(`${collector.url}/metrics`)).text()
  const counts = [...metrics.matchAll(/^paceline_inp_milliseconds_count\{[^}]*\} (\d+)$/gm)]
  expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(day.metrics.inp.n)
  expect(problems).toEqual([])
})

test('what a page or a release sends is shown as text, whatever it is', async ({ page }) => {
  await collector.push(HOSTILE)
  // The script is said to be a route's path, an operation, an element, a module and an owner.
  await collector.send(visits(HOSTILE, 160, Date.now()))
  await collector.settle()
  const problems = watch(page)
  await page.addInitScript(() => {
    const broken: string[] = []
    Object.assign(window, { broken })
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => broken.push(violatedDirective))
  })
  const broken = (): Promise<string[]> => page.evaluate(() => (window as unknown as { broken: string[] }).broken)
  const response = await page.goto(`${collector.url}${DASHBOARD}#by=route`)
  expect(response!.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self'; ")
  for (const name of ['Slow operations and API calls', 'Modules to blame'])
    await expect(page.getByRole('region', { name })).toContainText(SCRIPT)
  const blamed = page.getByRole('region', { name: 'Modules to blame' }).locator('tbody tr').first()
  const cells = await blamed.locator('th, td').allTextContents()
  expect(cells.filter((text) => text.includes(SCRIPT))).toHaveLength(4)
  await expect(page.getByRole('combobox', { name: 'Route' })).toContainText(SCRIPT)
  await collector.send(visits(HOSTILE, 3, Date.now(), 2))
  await expect(page.locator('.live')).toContainText(SCRIPT)
  await expect(page.locator('img, script:not([src])')).toHaveCount(0)
  expect([await broken(), problems]).toEqual([[], []])
  // A script that got in would not run, and would be seen here.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('script'), { text: 'alert(1)' })))
  await expect.poll(broken).toEqual(['script-src-elem'])
  expect(problems.filter((problem) => problem.startsWith('dialog'))).toEqual([])
})

test('a visitor shows up while somebody looks', async ({ page, context }) => {
  const problems = watch(page)
  await page.goto(`${collector.url}${DASHBOARD}`)
  await expect(page.getByText('No page has reported yet')).toBeVisible()
  await expect(page.getByText('Waiting for a page')).toBeVisible()
  await keep(page, 'empty')
  const [, beacon] = visits(GOOD, 1, Date.now())
  const visitor = await context.browser()!.newPage({ userAgent: BROWSER })
  await visitor.goto(`${collector.url}/health/live`)
  await visitor.evaluate((body) => navigator.sendBeacon('/__paceline/beacon', body), JSON.stringify(beacon))
  await expect(page.locator('.live li')).toContainText('LCP')
  await expect(page.getByRole('heading', { name: 'SLA' })).toBeVisible({ timeout: 15_000 })
  // Answers are kept for two seconds, each on its own, and the page looks every five: figures may come a look later than the release.
  await expect(tile(page, 'Pages')).toContainText('Pages1', { timeout: 15_000 })
  await visitor.close()
  expect(problems).toEqual([])
})

test('what was chosen last is shown, whichever answer comes last', async ({ page }) => {
  await twoReleases()
  await page.goto(`${collector.url}${DASHBOARD}`)
  const release = page.getByRole('combobox', { name: 'Release' })
  await expect(release).toBeVisible()
  const held = Promise.withResolvers<void>()
  await page.route(`**/performance/stats?release=${BAD}*`, async (route) => {
    await held.promise
    await route.continue()
  })
  const asks = (name: string) => (one: { url(): string }) => one.url().includes(`/performance/stats?release=${name}`)
  const asked = page.waitForRequest(asks(BAD))
  await release.selectOption(BAD)
  await asked
  await page.evaluate((hash) => void (location.hash = hash), `release=${GOOD}`)
  await expect(release).toHaveValue(GOOD)
  await page.evaluate(() => {
    const form = document.querySelector<HTMLElement>('#filters')!
    const note = (): void => {
      form.dataset['drawn'] = `${form.dataset['drawn'] ?? ''} ${form.querySelector('select')!.value}`
    }
    new MutationObserver(note).observe(form, { childList: true })
  })
  const late = page.waitForResponse(asks(BAD))
  held.resolve()
  await late
  // By the next look what came late has been drawn, if it ever is.
  await page.waitForResponse(asks(GOOD))
  expect((await page.locator('#filters').getAttribute('data-drawn')) ?? '').not.toContain(BAD)
})

test('with a token nothing is shown before it is given', async ({ page }) => {
  await collector.close()
  const token = 'a token of some length'
  collector = await runCollector({ token })
  await page.goto(`${collector.url}${DASHBOARD}`)
  await page.getByLabel('Token').fill('wrong')
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByLabel('Token')).toHaveValue('')
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByText('No page has reported yet')).toBeVisible()
})

for (const [name, scheme, width] of [
  ['light', 'light', 1280],
  ['dark', 'dark', 1280],
  ['narrow', 'light', 390],
] as const) {
  test(`it fits: ${name}`, async ({ page }) => {
    await twoReleases(0.25)
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${collector.url}${DASHBOARD}`)
    await expect(page.locator('.uplot')).toBeVisible()
    await expect(page.locator('.tiles')).toContainText('≈')
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await keep(page, name)
  })
}
