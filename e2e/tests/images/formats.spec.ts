import type { Page, Response } from '@playwright/test'
import { readPicture } from '../../support/images/shown-picture.ts'
import { expect, test } from '../../support/test.ts'

/** Answers with a picture of the app, as they come. */
function recordPictures(page: Page): Response[] {
  const pictures: Response[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'image' && response.url().includes('/assets/')) pictures.push(response)
  })
  return pictures
}

/** Opens a page and waits for its pictures, and for more that may come. */
async function openPictures(page: Page, path: string, pictures: readonly Response[]): Promise<void> {
  await page.goto(path)
  await expect.poll(() => pictures.length).toBeGreaterThan(0)
  await page.waitForLoadState('networkidle')
}

const typesOf = (responses: readonly Response[]): string[] => [
  ...new Set(responses.map((response) => response.headers()['content-type'] ?? '')),
]

/** What Chromium then does without, as a browser that never knew it. */
async function refuse(page: Page, formats: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setDisabledImageTypes', { imageTypes: formats as ('avif' | 'webp')[] })
}

/** Best first. */
const ORDER = ['image/avif', 'image/webp', 'image/jpeg']

const CASES: readonly [refused: readonly ('avif' | 'webp')[], type: string][] = [
  [[], 'image/avif'],
  [['avif'], 'image/webp'],
  [['avif', 'webp'], 'image/jpeg'],
]

for (const [refused, type] of CASES) {
  const who = refused.length === 0 ? 'a browser of today' : `a browser without ${refused.join(' and ')}`

  test(`${who} gets ${type} in the gallery, and each photograph once`, async ({ page }) => {
    await refuse(page, refused)
    const pictures = recordPictures(page)
    await page.goto('/photos')
    const images = page.locator('picture img')
    await expect(images).toHaveCount(13)
    const got: string[] = []
    for (const image of await images.all()) {
      const { alt, file } = await readPicture(image)
      const response = pictures.find((one) => one.url() === file)
      got.push(response?.headers()['content-type'] ?? alt)
    }
    // Where a format made a file no smaller, one of those behind it stands in.
    expect(ORDER.slice(ORDER.indexOf(type))).toEqual(expect.arrayContaining([...new Set(got)]))
    expect(got.filter((one) => one === type).length).toBeGreaterThan(10)
    expect(pictures).toHaveLength(13)
  })
}

const BACKGROUNDS: readonly [path: string, name: string][] = [
  ['/setup', 'bg-masthead'],
  ['/offline', 'contact-bg'],
]

for (const [path, name] of BACKGROUNDS) {
  test(`the background of ${path} is AVIF, and nothing besides`, async ({ page }) => {
    const pictures = recordPictures(page)
    await openPictures(page, path, pictures)
    expect(pictures.map((response) => response.url())).toEqual([expect.stringMatching(`/assets/${name}-.*\\.avif$`)])
    expect(typesOf(pictures)).toEqual(['image/avif'])
  })

  test(`the background of ${path} is the JPEG where images are not chosen by type`, async ({ page }) => {
    // Chromium has no switch for it: the condition that such a browser does not meet is replaced by one that none does.
    await page.route(/\.css$/, async (route) => {
      const response = await route.fetch()
      const css = await response.text()
      await route.fulfill({ response, body: css.replaceAll(/@supports ?\(background-image:/g, '@supports (no-such:') })
    })
    const pictures = recordPictures(page)
    await openPictures(page, path, pictures)
    expect(pictures.map((response) => response.url())).toEqual([expect.stringMatching(`/assets/${name}-.*\\.jpg$`)])
    expect(typesOf(pictures)).toEqual(['image/jpeg'])
  })
}

test('pictures are kept for ever under the name of their content', async ({ page }) => {
  const pictures = recordPictures(page)
  await openPictures(page, '/photos/valley', pictures)
  expect(pictures.map((response) => response.headers()['cache-control'])).toEqual([
    'public, max-age=31536000, immutable',
  ])
})
