import { reactApp } from '../../support/vitals/react-app.ts'
import { expect, openMeasured, test } from '../../support/vitals/test.ts'

test.use({ files: reactApp, vitalsOptions: { routes: ['/'] } })

test('components say what people wait for, and show how the page stands', async ({ page, site }) => {
  const id = await openMeasured(page, site)
  const now = (): Promise<number> => page.evaluate(() => performance.now())
  const before = await now()
  await page.getByRole('button', { name: 'load' }).click()
  await expect(page.getByText('loading')).toBeVisible()
  const during = await now()
  await page.waitForFunction((end) => performance.now() > end, during + 120)
  await page.getByRole('button', { name: 'end' }).click()
  await expect(page.getByText('ready')).toBeVisible()
  const after = await now()
  await page.getByRole('button', { name: 'save' }).click()
  const dashboard = page.getByRole('table', { name: 'Performance of this page' })
  await expect(dashboard.getByRole('row', { name: /^LCP .* 2500 ms/ })).toHaveAttribute('data-status', 'holds')
  await expect(dashboard.getByRole('row', { name: /^· save/ })).toHaveAttribute('data-status', 'broken')
  await page.goto('about:blank')
  await expect.poll(() => site.pages().get(id)?.operations?.length).toBe(2)
  const [load, save] = site.pages().get(id)!.operations!
  expect(load).toMatchObject({ name: 'load', kind: 'operation', ok: true })
  expect(load!.ms).toBeGreaterThanOrEqual(120)
  expect(load!.ms).toBeLessThanOrEqual(Math.ceil(after - before))
  expect(save).toMatchObject({ name: 'save', ok: false })
})
