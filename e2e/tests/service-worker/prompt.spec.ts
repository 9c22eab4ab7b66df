import type { Page } from '@playwright/test'
import type { FixtureFiles } from '@paceline/testkit'
import { notesApp, type TestSite } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, openInstalled, test } from '../../support/service-worker/test.ts'

type App = (release: string) => FixtureFiles

/** Opens the first release and lets the page find the second. */
async function offer(page: Page, site: TestSite, app: App = notesApp, options = {}): Promise<void> {
  await site.deploy(app('one'), options)
  await openInstalled(page, `${site.url}/`)
  await site.deploy(app('two'), options)
  await checkForUpdate(page)
}

test("an app's own button switches to the new release, and another one puts it off", async ({ page, site }) => {
  const app: App = (release) => ({
    ...notesApp(release),
    'src/main.js': [
      String(notesApp(release)['src/main.js']),
      'worker.registerServiceWorker({ prompt: false })',
      "worker.onServiceWorker('update', (update) => {",
      "  const own = document.createElement('dialog')",
      "  own.innerHTML = '<button>Take it</button><button>Not now</button>'",
      '  own.firstChild.onclick = update.apply',
      '  own.lastChild.onclick = () => { update.dismiss(); own.remove() }',
      '  document.body.append(own)',
      '  own.show()',
      '})',
    ].join('\n'),
  })
  await offer(page, site, app, { register: false })
  await page.getByRole('button', { name: 'Not now' }).click()
  await site.deploy(app('three'), { register: false })
  await checkForUpdate(page)
  await page.getByRole('button', { name: 'Take it' }).click()
  await expect(page.locator('h1')).toHaveText('release three')
})

test('is shown as it is meant to under a strict policy', async ({ page, site }) => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src data:">`
  const app: App = (release) => {
    const files = notesApp(release)
    return { ...files, 'index.html': String(files['index.html']).replace('<head>', `<head>${policy}`) }
  }
  await offer(page, site, app)
  // What a policy forbids is an error of the page, and fails the test.
  await expect(page.getByRole('status')).toHaveCSS('display', 'flex')
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('h1')).toHaveText('release two')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`fits a narrow screen and can be read there when it is ${colorScheme}`, async ({ page, site }, info) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 320, height: 480 })
    await offer(page, site)
    const status = page.getByRole('status')
    await expect(status.getByRole('button')).toHaveText(['Reload', 'Later'])
    const { x, width } = (await status.boundingBox())!
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(320)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    for (const { height } of await Promise.all(
      (await status.getByRole('button').all()).map(async (button) => (await button.boundingBox())!),
    )) {
      // WCAG 2.5.8: what is pressed measures at least 24 pixels.
      expect(height).toBeGreaterThanOrEqual(24)
    }
    const colors = await status.evaluate((element) => {
      const { color, backgroundColor } = getComputedStyle(element)
      return [color, backgroundColor]
    })
    expect(contrast(colors[0]!, colors[1]!)).toBeGreaterThanOrEqual(4.5)
    await page.screenshot({ path: info.outputPath(`${colorScheme}.png`) })
  })
}

test('is announced, takes no focus, and is worked with the keyboard', async ({ page, site }) => {
  // Read out is what comes into a live region that is there.
  await page.addInitScript(() => {
    const attach = Element.prototype.attachShadow
    const lengths: number[] = []
    Object.assign(globalThis, { lengths })
    Element.prototype.attachShadow = function (options) {
      const root = attach.call(this, options)
      new MutationObserver(() => lengths.push(root.querySelector('[role=status]')!.childNodes.length)).observe(root, {
        childList: true,
        subtree: true,
      })
      return root
    }
  })
  await site.deploy(notesApp('one'))
  await openInstalled(page, `${site.url}/`)
  await page.getByRole('link').focus()
  await site.deploy(notesApp('two'))
  await checkForUpdate(page)
  await expect(page.getByRole('status')).toMatchAriaSnapshot(`
    - status:
      - paragraph: A new version is available.
      - button "Reload"
      - button "Later"
  `)
  expect(await page.evaluate(() => (globalThis as unknown as { lengths: number[] }).lengths)).toEqual([0, 3])
  await expect(page.getByRole('link')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Reload' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Later' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('h1')).toHaveText('release two')
})

/** By WCAG 2. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(color: string): number {
  const [red, green, blue] = color
    .match(/[\d.]+/g)!
    .slice(0, 3)
    .map((part) => Number(part) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
