import type { Page } from '@playwright/test'
import { difference } from '../../support/images/compare-pictures.ts'
import { photographs } from '../../support/images/photographs.ts'
import { readPicture } from '../../support/images/shown-picture.ts'
import { expect, test } from '../../support/test.ts'

const PICTURES = /\/assets\/.+\.(?:avif|webp|jpg)$/

/** Sum of all layout shifts so far, those after a click or a key included. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        // Buffered entries come with the next task.
        setTimeout(() => resolve(sum), 100)
      }),
  )
}

for (const width of [360, 1440]) {
  test.describe(`on a screen ${width} wide`, () => {
    test.use({ viewport: { width, height: 800 } })

    test('nothing in the gallery moves while its photographs arrive late', async ({ page }) => {
      await page.route(PICTURES, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        await route.continue()
      })
      await page.goto('/photos')
      const images = page.locator('picture img')
      await expect(images).toHaveCount(13)
      for (const image of await images.all()) await readPicture(image)
      expect(await layoutShift(page)).toBe(0)
    })
  })
}

test('a blurred picture stands in for a photograph, and is gone when it is there', async ({ page }) => {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(PICTURES, async (route) => {
    await released
    await route.continue()
  })
  // A picture that was asked for before the page has loaded holds up `load`, and this one is held back.
  await page.goto('/photos/astronaut', { waitUntil: 'commit' })
  const image = page.locator('picture img')
  const background = (): Promise<string> => image.evaluate((one) => getComputedStyle(one).backgroundImage)
  await expect.poll(background).toMatch(/^url\("data:image\/bmp;base64,/)
  const file = photographs.get('astronaut')!
  // Colours in their places, though not the picture.
  const before = await difference(await image.screenshot(), file)
  expect(before).toBeGreaterThan(8)
  expect(before).toBeLessThan(40)
  release()
  await readPicture(image)
  await expect.poll(background).toBe('none')
  expect(await difference(await image.screenshot(), file)).toBeLessThan(4)
})
