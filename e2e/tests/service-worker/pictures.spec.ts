import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { images } from '@paceline/images'
import type { FixtureFiles } from '@paceline/testkit'
import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, storedBodies, test } from '../../support/service-worker/test.ts'

/** An app with one photograph, 640 pixels wide, in two widths and three formats. */
async function appWithPhoto(): Promise<FixtureFiles> {
  const noise = {
    create: {
      width: 640,
      height: 400,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  } as const
  const photo = await sharp(noise).blur(4).jpeg({ quality: 95 }).toBuffer()
  const app = notesApp('one')
  const main = `import photo from './photo.jpg?picture'\n${String(app['src/main.js'])}\nglobalThis.photo = photo`
  return { ...app, 'src/photo.jpg': photo, 'src/main.js': main }
}

async function storedPictures(page: Page): Promise<string[]> {
  return (await storedBodies(page)).map(({ url }) => new URL(url).pathname).filter((path) => path.includes('photo'))
}

const offered = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify((globalThis as unknown as { photo: unknown }).photo))

test('stores of a picture only the best format that the browser reads, in one width', async ({ page, site }) => {
  await site.deploy(await appWithPhoto(), { precache: 'all' }, '/', images({ widths: [320, 640] }))
  await openInstalled(page, `${site.url}/`)
  expect(await offered(page)).toMatch(/\.jpg.*photo-320-[\w-]+\.avif/)
  expect(await storedPictures(page)).toEqual([expect.stringMatching(/photo-640-[\w-]+\.avif$/)])
})

test('stores every width by option', async ({ page, site }) => {
  await site.deploy(
    await appWithPhoto(),
    { precache: { from: 'all', pictureWidth: 'all' } },
    '/',
    images({ widths: [320, 640] }),
  )
  await openInstalled(page, `${site.url}/`)
  expect((await storedPictures(page)).toSorted()).toEqual([
    expect.stringMatching(/photo-320-[\w-]+\.avif$/),
    expect.stringMatching(/photo-640-[\w-]+\.avif$/),
  ])
})

test('without a network shows the width that is stored in place of another; with one, that which was asked for', async ({
  page,
  context,
  site,
}) => {
  await site.deploy(await appWithPhoto(), { precache: 'all' }, '/', images({ widths: [320, 640] }))
  await openInstalled(page, `${site.url}/`)
  const [small] = /\/assets\/photo-320-[\w-]+\.avif/.exec(await offered(page))!
  const widthOf = (): Promise<number> =>
    page.evaluate(async (url) => {
      const image = new Image()
      image.src = url
      await image.decode()
      return image.naturalWidth
    }, small)
  await context.setOffline(true)
  expect(await widthOf()).toBe(640)
  await context.setOffline(false)
  await page.reload()
  expect(await widthOf()).toBe(320)
})
