import { notesApp } from '../../support/service-worker/test-site.ts'
import { expect, openInstalled, test } from '../../support/service-worker/test.ts'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="12" fill="#c00"/></svg>'
const manifest = { name: 'Notes of mine', shortName: 'Notes', icon: 'src/icon.svg', themeColor: '#123456' }

for (const base of ['/', '/app/']) {
  test(`Chromium reads the web app manifest below ${base}, finds nothing wrong, and would install the app`, async ({
    page,
    context,
    site,
  }) => {
    await site.deploy({ ...notesApp('one'), 'src/icon.svg': icon }, { manifest }, base)
    await openInstalled(page, `${site.url}${base}index.html`)
    const session = await context.newCDPSession(page)
    const read = await session.send('Page.getAppManifest')
    expect(read.errors).toEqual([])
    expect(read.url).toBe(`${site.url}${base}manifest.webmanifest`)
    expect(JSON.parse(read.data!)).toMatchObject({ name: 'Notes of mine', short_name: 'Notes' })
    expect(read.manifest).toMatchObject({ startUrl: `${site.url}${base}`, scope: `${site.url}${base}` })
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // The contexts of tests are private windows, which is all that stands in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
    for (const { url } of read.manifest.icons ?? []) {
      const width = await page.evaluate(async (src) => {
        const image = new Image()
        image.src = src
        await image.decode()
        return image.naturalWidth
      }, url)
      expect([192, 512]).toContain(width)
    }
  })
}
