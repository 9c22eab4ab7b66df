import { expect, test } from '../../support/test.ts'

for (const width of [360, 800, 1440]) {
  test.describe(`on a screen ${width} wide`, () => {
    test.use({ viewport: { width, height: 800 } })

    test('the first row of the gallery has priority, is asked for first, and nothing else has', async ({ page }) => {
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto('/photos')
      const images = page.locator('picture img')
      await expect(images).toHaveCount(13)
      const arePainted = (): Promise<boolean> =>
        images.evaluateAll((all: HTMLImageElement[]) => all.every((one) => one.loading === 'lazy' || one.complete))
      await expect.poll(arePainted).toBe(true)
      const pictures = await images.evaluateAll((all: HTMLImageElement[]) =>
        all.map((one) => ({
          src: one.currentSrc,
          top: Math.round(one.getBoundingClientRect().top),
          loads: `${one.fetchPriority} ${one.loading}`,
        })),
      )
      const first = pictures.filter(({ top }) => top === pictures[0]!.top)
      const rest = pictures.filter(({ top }) => top !== pictures[0]!.top)
      expect(first.map(({ loads }) => loads)).toEqual(first.map(() => 'high eager'))
      expect(rest.map(({ loads }) => loads)).toEqual(rest.map(() => 'auto lazy'))
      const ofPictures = asked.filter((url) => pictures.some(({ src }) => src === url))
      expect(ofPictures.slice(0, first.length).sort()).toEqual(first.map(({ src }) => src).sort())
    })
  })
}
