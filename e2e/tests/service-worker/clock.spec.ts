import { notesApp } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'

const DAY = 24 * 60 * 60 * 1000

/** Puts the clock of a page or worker forward, or back. */
const shifted = (ms: number): string =>
  `{ const Real = Date; globalThis.Date = class extends Real { constructor(...given) { given.length ? super(...given) : super(Real.now() + ${ms}) } static now() { return Real.now() + ${ms} } } }\n`

for (const days of [90, -90, 3650]) {
  test(`works on a device whose clock is ${Math.abs(days)} days ${days > 0 ? 'fast' : 'slow'}`, async ({
    page,
    context,
    site,
  }) => {
    await context.addInitScript(shifted(days * DAY))
    site.fault = (request, response, body) => {
      if (request.url !== '/sw.js') return false
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(shifted(days * DAY) + body.toString())
      return true
    }
    await site.deploy(notesApp('one'))
    await openInstalled(page, `${site.url}/`)
    // Both are stored in passing, with a limit for their age.
    await page.getByRole('link').click()
    await expect(page.locator('main p')).toHaveText('editor of one')
    const ask = (): Promise<string> =>
      page.evaluate(() =>
        fetch('/api/notes')
          .then((response) => response.text())
          .catch(() => 'failed'),
      )
    expect(await ask()).toBe('[1]')
    for (const part of ['/editor', '/api/notes']) {
      await expect.poll(async () => (await storedBodies(page)).some(({ url }) => url.includes(part))).toBe(true)
    }
    await context.setOffline(true)
    await page.reload()
    await expect(page.locator('main p')).toHaveText('editor of one')
    expect(await ask()).toBe('[1]')
    await context.setOffline(false)
    await site.deploy(notesApp('two'))
    await checkForUpdate(page)
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page.locator('main p')).toHaveText('editor of two')
  })
}
