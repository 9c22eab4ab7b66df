import type { Page } from '@playwright/test'
import type { FixtureFiles } from '@paceline/testkit'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { checkForUpdate, expect, hide, openInstalled, test, waitForEvent } from '../../support/service-worker/test.ts'

/** An app with what a watcher of forms may overlook. */
function formsApp(release: string): FixtureFiles {
  const files = notesApp(release)
  return {
    ...files,
    'src/main.js': [
      String(files['src/main.js']),
      "customElements.define('x-field', class extends HTMLElement {",
      '  connectedCallback() {',
      "    this.attachShadow({ mode: 'open' }).innerHTML = this.getAttribute('body')",
      '  }',
      '})',
      'globalThis.place = (html) => document.body.append(document.createRange().createContextualFragment(html))',
    ].join('\n'),
  }
}

interface Global {
  place(html: string): void
  readonly worker: { hasUnsavedInput(): boolean; holdUpdates(): () => void }
  release: () => void
}

const place = (page: Page, html: string): Promise<void> =>
  page.evaluate((text) => (globalThis as unknown as Global).place(text), html)

const isUnsaved = (page: Page): Promise<boolean> =>
  page.evaluate(() => (globalThis as unknown as Global).worker.hasUnsavedInput())

test.beforeEach(async ({ page, site }) => {
  await site.deploy(formsApp('one'), { update: 'auto', precache: 'all' })
  await openInstalled(page, `${site.url}/`)
})

const input = '<input aria-label="Text">'
for (const [what, html] of [
  ['a shadow root', `<x-field body='${input}'></x-field>`],
  [
    'a shadow root in another one',
    `<x-field body='<x-field body="&lt;input aria-label=Text&gt;"></x-field>'></x-field>`,
  ],
  ['an editor in a shadow root', `<x-field body='<div contenteditable aria-label="Text"></div>'></x-field>`],
] as const) {
  test(`sees what is typed into ${what}`, async ({ page }) => {
    await place(page, html)
    await page.getByLabel('Text').pressSequentially('draft')
    expect(await isUnsaved(page)).toBe(true)
    await page.getByLabel('Text').fill('')
    expect(await isUnsaved(page)).toBe(false)
  })
}

test('sees what is chosen in a shadow root', async ({ page }) => {
  await place(page, `<x-field body='<input type="checkbox" aria-label="Box">'></x-field>`)
  await page.getByLabel('Box').check()
  expect(await isUnsaved(page)).toBe(true)
})

test('ignores a shadow root in what is to be ignored', async ({ page }) => {
  await place(page, `<div data-paceline-ignore><x-field body='${input}'></x-field></div>`)
  await page.getByLabel('Text').fill('draft')
  expect(await isUnsaved(page)).toBe(false)
})

test.describe('what was typed into a control that has gone', () => {
  const step = '<form><label>Name <input></label><button>Next</button></form>'
  const remove = (page: Page): Promise<void> => page.locator('form').evaluate((form) => form.remove())
  test.beforeEach(async ({ page }) => {
    await place(page, step)
    await page.getByLabel('Name').fill('Ada')
  })

  test('counts until the address changes', async ({ page }) => {
    await remove(page)
    expect(await isUnsaved(page)).toBe(true)
    await page.getByRole('link').click()
    expect(await isUnsaved(page)).toBe(false)
  })

  test('counts until something was sent', async ({ page }) => {
    await remove(page)
    expect(await isUnsaved(page)).toBe(true)
    await page.evaluate(() => fetch('/api/save', { method: 'POST', body: 'Ada' }))
    await expect.poll(() => isUnsaved(page)).toBe(false)
  })

  test('does not count when its form was submitted', async ({ page }) => {
    await page.locator('form').evaluate((form) => form.addEventListener('submit', (event) => event.preventDefault()))
    await page.getByRole('button', { name: 'Next' }).click()
    expect(await isUnsaved(page)).toBe(true)
    await remove(page)
    expect(await isUnsaved(page)).toBe(false)
  })
})

test('an app holds updates for what nobody can see, and lets them go', async ({ page, site }) => {
  await page.evaluate(() => {
    const { worker } = globalThis as unknown as Global
    Object.assign(globalThis, { release: worker.holdUpdates(), other: worker.holdUpdates() })
  })
  expect(await isUnsaved(page)).toBe(true)
  await site.deploy(formsApp('two'), { update: 'auto', precache: 'all' })
  await checkForUpdate(page)
  await waitForEvent(page, 'update')
  const release = (name: string): Promise<void> =>
    page.evaluate((key) => (globalThis as unknown as Record<string, () => void>)[key]!(), name)
  await release('release')
  await release('release')
  await hide(page)
  await page.waitForTimeout(500)
  await expect(page.locator('h1')).toHaveText('release one')
  await release('other')
  await hide(page)
  await expect(page.locator('h1')).toHaveText('release two')
})
