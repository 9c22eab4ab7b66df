import type { FixtureFiles } from '@paceline/testkit'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'

test.use({ expectedErrors: [/Failed to load resource/] })

const publicPage = (text: string): string =>
  `<!doctype html><title>${text}</title><link rel="icon" href="data:,"><h1>${text}</h1>`

const app: FixtureFiles = {
  ...notesApp('one'),
  'public/terms.html': publicPage('terms'),
  'public/docs/index.html': publicPage('guide'),
  'public/silent-renew.html': publicPage('renewed'),
}

test('shows pages of the public folder instead of the app, and without a network those that were visited', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(app)
  await openInstalled(page, `${site.url}/`)
  const pages = [
    ['/terms.html', 'terms'],
    ['/terms', 'terms'],
    ['/docs/', 'guide'],
    ['/docs/index.html', 'guide'],
  ] as const
  const visit = async (): Promise<void> => {
    for (const [path, text] of pages) {
      await page.goto(site.url + path)
      await expect(page.locator('h1')).toHaveText(text)
    }
    for (const path of ['/', '/editor', '/terms-of-trade', '/docs/unknown']) {
      await page.goto(site.url + path)
      await expect(page.locator('h1')).toHaveText('release one')
    }
    const frame = await page.evaluate(async () => {
      const element = document.createElement('iframe')
      element.src = `/silent-renew.html?code=${Math.random()}#state`
      const loaded = new Promise((resolve) => element.addEventListener('load', resolve))
      document.body.append(element)
      await loaded
      return element.contentDocument?.querySelector('h1')?.textContent
    })
    expect(frame).toBe('renewed')
  }
  await visit()
  const stored = async (): Promise<string[]> =>
    (await storedBodies(page)).flatMap(({ url, body }) =>
      body.startsWith('<!doctype html><title>') ? [url.slice(site.url.length)] : [],
    )
  // Whatever was in a query is kept nowhere.
  await expect
    .poll(async () => (await stored()).toSorted())
    .toEqual(['/docs/', '/docs/index.html', '/silent-renew.html', '/terms', '/terms.html'])
  await context.setOffline(true)
  await visit()
})

test('keeps no page of a captive portal in place of a public one', async ({ page, site }) => {
  await site.deploy(app)
  await openInstalled(page, `${site.url}/`)
  site.fault = (_request, response) => (
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in</h1>'),
    true
  )
  await page.goto(`${site.url}/terms`)
  await expect(page.locator('h1')).toHaveText('Log in')
  site.fault = undefined
  await page.reload()
  await expect(page.locator('h1')).toHaveText('terms')
})

test('leaves the address of a folder to the server, also where its page is stored at once', async ({ page, site }) => {
  await site.deploy(app, { precache: 'all' })
  await openInstalled(page, `${site.url}/`)
  site.fault = ({ url }, response) => url === '/docs' && (response.writeHead(301, { location: '/docs/' }).end(), true)
  await page.goto(`${site.url}/docs`)
  await expect(page).toHaveURL(`${site.url}/docs/`)
  await expect(page.locator('h1')).toHaveText('guide')
})
