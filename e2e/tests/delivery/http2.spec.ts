import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, test, type Page, type Response } from '@playwright/test'
import sharp from 'sharp'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { openBrowser } from '../../support/delivery/persistent-browser.ts'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { silence } from '../../support/delivery/silence.ts'
import { withApp } from '../../support/temporary-app.ts'

// The certificate is the server's own.
test.use({ ignoreHTTPSErrors: true })

/** The app over HTTP/2, with a picture and a sound beside what it is made of. */
async function withSite(use: (url: string, root: string) => Promise<void>): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
  const photo = await sharp({ create: { width: 320, height: 200, channels: 3, background: 'teal', noise } })
    .jpeg()
    .toBuffer()
  await withApp({ 'public/photo.jpg': photo, 'public/sound.wav': silence({ seconds: 60 }) }, async (root) => {
    await deploy(root, 'one')
    const { url, close } = await servedWithPaceline(root, ['--self-signed'])
    try {
      await use(url, root)
    } finally {
      await close()
    }
  })
}

/** SHA-256 of the key of a server, as Chromium's flags want it. */
async function publicKeyOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const key = socket.getPeerX509Certificate()!.publicKey.export({ type: 'spki', format: 'der' })
  socket.destroy()
  return createHash('sha256').update(key).digest('base64')
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle' })
  await expect(page.locator('h1')).toHaveText('Release one, 1970')
}

test('a page and all it loads come over HTTP/2', async ({ page }) => {
  await withSite(async (url) => {
    expect(url).toMatch(/^https:/)
    await open(page, url)
    await page.getByRole('button').click()
    await expect(page.locator('p')).toHaveText('About release one')
    const protocols = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map((entry) => [
        new URL(entry.name).pathname.replace(/.*\./, ''),
        (entry as PerformanceResourceTiming).nextHopProtocol,
      ]),
    )
    expect(protocols.map(([type]) => type)).toEqual(expect.arrayContaining(['/', 'js', 'css']))
    expect(new Set(protocols.map(([, protocol]) => protocol))).toEqual(new Set(['h2']))
  })
})

test('what a page begins with is on its way before the page is', async () => {
  await withSite(async (url, root) => {
    // What comes ahead is kept in the cache until the page asks, and a browser caches nothing whose certificate it merely puts up with.
    const trusted = `--ignore-certificate-errors-spki-list=${await publicKeyOf(url)}`
    let visits = 0
    // On a busy machine Chromium has the page itself before it has looked at the hints, and tells of none.
    await expect(async () => {
      const context = await openBrowser(join(root, `profile-${visits++}`), [trusted])
      try {
        const page = await context.newPage()
        const session = await context.newCDPSession(page)
        const hints: string[] = []
        session.on('Network.responseReceivedEarlyHints', ({ headers }) => {
          hints.push(Object.entries(headers).find(([name]) => name.toLowerCase() === 'link')?.[1] ?? '')
        })
        await session.send('Network.enable')
        await open(page, url)
        const script = await page.locator('script[src]').getAttribute('src')
        expect(hints.join()).toContain(`<${script}>`)
        const early = await page.evaluate(() =>
          (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(({ name, initiatorType }) => [
            initiatorType,
            new URL(name).pathname,
          ]),
        )
        expect(early).toContainEqual(['early-hints', script])
      } finally {
        await context.close()
      }
    }).toPass({ timeout: 30_000 })
  })
})

test('a sound is played from the middle without the half before it', async ({ page }) => {
  await withSite(async (url) => {
    await open(page, url)
    const answers: Response[] = []
    page.on('response', (response) => void (response.url().endsWith('.wav') && answers.push(response)))
    const at = await page.evaluate(async () => {
      const audio = new Audio('/sound.wav')
      audio.preload = 'metadata'
      audio.muted = true
      await new Promise((done) => audio.addEventListener('loadedmetadata', done, { once: true }))
      audio.currentTime = 50
      await new Promise((done) => audio.addEventListener('seeked', done, { once: true }))
      await audio.play()
      return [audio.duration, Math.floor(audio.currentTime)]
    })
    expect(at).toEqual([60, 50])
    expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 206))
    const starts = answers.map((answer) => Number(/^bytes (\d+)-/.exec(answer.headers()['content-range']!)![1]))
    expect(Math.max(...starts)).toBeGreaterThan(silence({ seconds: 40 }).byteLength)
  })
})

test('a picture of `public/` comes as AVIF', async ({ page }) => {
  await withSite(async (url) => {
    await open(page, url)
    const answered = page.waitForResponse(/photo\.jpg/)
    const size = await page.evaluate(async () => {
      const image = new Image()
      image.src = '/photo.jpg'
      await image.decode()
      return [image.naturalWidth, image.naturalHeight]
    })
    const headers = (await answered).headers()
    expect(size).toEqual([320, 200])
    expect([headers['content-type'], headers['vary']]).toEqual(['image/avif', 'Accept'])
  })
})
