import sharp from 'sharp'
import { bestWidth, readPicture } from '../../support/images/shown-picture.ts'
import { expect, test } from '../../support/test.ts'

const SCREENS = [
  { viewport: { width: 360, height: 740 }, deviceScaleFactor: 3 },
  { viewport: { width: 800, height: 1000 }, deviceScaleFactor: 1 },
  { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2 },
]

/** Pages with pictures. Of the first pictures of some, one can only say before the layout how wide they are at most, or for most photographs. */
const PAGES: readonly [path: string, pictures: number, roughly?: number][] = [
  ['/', 3],
  ['/photos', 13],
  ['/photos/valley', 1],
  ['/projects', 9],
  ['/projects/north-ridge', 5, 5],
  ['/projects/new', 13, 13],
  ['/credits', 13, 13],
  ['/dashboard', 4],
]

for (const { viewport, deviceScaleFactor } of SCREENS) {
  test.describe(`a screen ${viewport.width} wide with ${deviceScaleFactor} pixels to one of CSS`, () => {
    test.use({ viewport, deviceScaleFactor })

    for (const [path, count, roughly = 0] of PAGES) {
      test(`gets the smallest file that is wide enough for each picture of ${path}`, async ({ page }) => {
        await page.goto(path)
        const images = page.locator('picture img')
        await expect(images).toHaveCount(count)
        for (const [index, image] of (await images.all()).entries()) {
          const { alt, width, widths, shown } = await readPicture(image)
          const best = bestWidth(widths, shown * deviceScaleFactor)
          const allowed = index < roughly ? [best, bestWidth(widths, best + 1)] : [best]
          expect(allowed, `${index} ${alt}, ${shown} pixels of CSS`).toContain(width)
        }
      })
    }
  })
}

test('the files are as wide as the page says', async ({ page, request }) => {
  await page.goto('/photos/valley')
  const srcset = await page.locator('picture source').first().getAttribute('srcset')
  const candidates = srcset!.split(', ').map((candidate) => candidate.split(' '))
  expect(candidates.map(([, width]) => width)).toEqual(['240w', '480w', '960w', '1600w'])
  for (const [url, width] of candidates) {
    const body = await (await request.get(url!)).body()
    expect(`${(await sharp(body).metadata()).width}w`).toBe(width)
  }
})
