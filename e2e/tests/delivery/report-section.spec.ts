import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildReport } from '@paceline/build-graph'
import { expect, test } from '@playwright/test'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { withApp } from '../../support/temporary-app.ts'

test('the page of the report says what who comes back downloads, and why, and that a first release has nobody', async ({
  page,
}) => {
  await withApp({}, async (root) => {
    const url = pathToFileURL(join(root, '.paceline/report.html')).href
    await deploy(root, 'one')
    await page.goto(url)
    await expect(page.locator('#delivery')).toContainText('No earlier release is kept')
    await deploy(root, 'two')
    await deploy(root, 'three')
    const { delivery } = JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as BuildReport
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(url)
    const [, before, first] = delivery!.releases
    const select = page.getByLabel('Returning from')
    await expect(select).toHaveValue(before!.release)
    await select.focus()
    await page.keyboard.press('ArrowDown')
    await expect(select).toHaveValue(first!.release)
    const visits = page.getByRole('table', { name: 'Returning visitors' })
    const [route] = delivery!.routes
    const { deltas } = route!.returning.find(({ release }) => release === first!.release)!
    expect(deltas).toBeLessThan(1000)
    await expect(visits.getByRole('row').nth(1)).toContainText(`${deltas} B`)
    await visits.locator('summary').first().press('Enter')
    await expect(visits.locator('li')).toHaveCount(2)
    const changed = page.getByRole('table', { name: 'Changed files' })
    await expect(changed).toContainText('src/message.js')
    await expect(page.getByRole('table', { name: 'Releases' }).getByRole('row').nth(1)).toContainText('this one')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})
