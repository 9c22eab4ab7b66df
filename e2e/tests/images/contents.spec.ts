import { difference } from '../../support/images/compare-pictures.ts'
import { photographs } from '../../support/images/photographs.ts'
import { readPicture } from '../../support/images/shown-picture.ts'
import { expect, test } from '../../support/test.ts'

/** Mean difference of a channel, of 255, between small copies. Other photographs are three times as far away. */
const SAME = 4

test('the gallery shows the photograph that each description is about', async ({ page, request }) => {
  const photos = (await (await request.get('/api/photos')).json()) as { file: string; caption: string }[]
  expect(photos).toHaveLength(photographs.size)
  await page.goto('/photos')
  for (const { file, caption } of photos) {
    const image = page.getByRole('img', { name: caption })
    await readPicture(image)
    const shown = await image.screenshot()
    expect(await difference(shown, photographs.get(file)!), caption).toBeLessThan(SAME)
  }
})

test('other photographs are far from being the same', async ({ page }) => {
  await page.goto('/photos/fog')
  const image = page.locator('picture img')
  await readPicture(image)
  const shown = await image.screenshot()
  for (const [key, file] of photographs) {
    if (key !== 'fog') expect(await difference(shown, file), key).toBeGreaterThan(3 * SAME)
  }
})

test('a public photograph is answered with a smaller file of the same picture, where its type is taken', async ({
  request,
}) => {
  const original = await (await request.get('/share.jpg', { headers: { accept: '*/*' } })).body()
  const sizes = [original.length]
  for (const type of ['webp', 'avif']) {
    const response = await request.get('/share.jpg', { headers: { accept: `image/${type},image/*,*/*;q=0.8` } })
    expect(response.headers()).toMatchObject({
      'content-type': `image/${type}`,
      vary: expect.stringMatching(/accept/i),
    })
    const body = await response.body()
    expect(await difference(body, original)).toBeLessThan(SAME)
    sizes.push(body.length)
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  expect(new Set(sizes).size).toBe(3)
})
