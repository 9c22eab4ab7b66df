import { readFileSync } from 'node:fs'
import { formatBytes } from '@paceline/kit'
import { expect, test } from '../../support/test.ts'

interface Image {
  readonly file: string
  readonly bytes: number
  readonly usedIn: readonly string[]
  readonly placeholder?: number
  readonly variants: readonly { readonly format: string; readonly width: number; readonly bytes: number }[]
}

test.skip(({ reports }) => reports.endsWith('default'), 'The build in the chunks of Vite has no page.')

test('the report has every image with its bytes by format, the pages it is on, their modules and the cost of its placeholder', async ({
  page,
  reports,
}) => {
  const folder = new URL(`../../../playground/${reports}/`, import.meta.url)
  const report = readFileSync(new URL('report.json', folder), 'utf8')
  const { files } = (JSON.parse(report) as { readonly images: { readonly files: readonly Image[] } }).images
  expect(files.length).toBeGreaterThan(10)
  await page.goto(new URL('report.html', folder).href)
  const table = page.getByRole('table', { name: 'Images', exact: true })
  await expect(table.locator('tbody tr')).toHaveCount(files.length)

  const { file, bytes, usedIn, variants, placeholder } = files.find((one) => one.placeholder !== undefined)!
  const row = table.locator('tbody tr', { hasText: file })
  const largest = Math.max(...variants.map(({ width }) => width))
  const sizeOf = (format: string): string =>
    formatBytes(variants.find((variant) => variant.format === format && variant.width === largest)!.bytes)
  for (const size of [formatBytes(bytes), sizeOf('avif'), sizeOf('webp')]) await expect(row).toContainText(size)
  await row.locator('summary', { hasText: file }).click()
  await expect(row.getByRole('listitem').filter({ hasText: / px, / })).toHaveCount(variants.length)
  await row.locator('summary', { hasText: '/dashboard' }).click()
  for (const user of ['/photos', '/photos/:photoId', ...usedIn]) {
    await expect(row.getByRole('listitem').getByText(user, { exact: true })).toBeVisible()
  }
  await expect(row).toContainText(`Placeholder: ${formatBytes(placeholder!)} in the bundle`)
})
