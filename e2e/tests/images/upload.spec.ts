import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { build } from 'vite'
import { photographs } from '../../support/images/photographs.ts'
import { difference } from '../../support/images/compare-pictures.ts'
import { serveSite } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'
import { expect, test } from '../../support/test.ts'

/** Mean difference of a channel, of 255, between small copies: as in contents.spec.ts. */
const SAME = 4

test.skip(({ reports }) => reports.endsWith('default'), 'It is about no build of the playground, so once is enough.')

type Upload = typeof import('@paceline/images/client')

declare global {
  // What the page under test hands out.
  var upload: Upload
}

const MAIN = `
import * as upload from '@paceline/images/client'
globalThis.upload = upload
`

/** What a page made of a file. */
interface Made {
  readonly name: string
  readonly type: string
  readonly bytes: string
}

/** `compressImage` in the page, in Chromium's own worker. */
function compress(page: Page, file: Buffer, name: string, type: string): Promise<Made | { readonly code: string }> {
  return page.evaluate(
    async ({ base64, name, type }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      try {
        const made = await upload.compressImage(new File([bytes], name, { type }), { maxWidth: 300 })
        const url = await new Promise<string>((resolve) => {
          const reader = new FileReader()
          reader.addEventListener('load', () => resolve(reader.result as string))
          reader.readAsDataURL(made)
        })
        return { name: made.name, type: made.type, bytes: url.replace(/^.*,/, '') }
      } catch (error) {
        return { code: (error as { readonly code: string }).code }
      }
    },
    { base64: file.toString('base64'), name, type },
  )
}

test('a photograph is made smaller in a worker before it is uploaded, upright and without metadata', async ({
  page,
}) => {
  const upright = await sharp([...photographs.values()][0])
    .resize(600, 400, { fit: 'cover' })
    .jpeg({ quality: 95 })
    .toBuffer()
  // As a camera that is held on its side stores it: orientation 6 is shown after a quarter turn clockwise.
  const onItsSide = await sharp(upright)
    .rotate(-90)
    .jpeg({ quality: 95 })
    .withMetadata({ orientation: 6, exif: { IFD0: { Copyright: 'SECRET' } } })
    .toBuffer()
  const app = {
    'package.json': '{ "name": "upload", "type": "module" }',
    'index.html':
      '<!doctype html><html lang="en"><head><title>Upload</title><link rel="icon" href="data:,"></head><body><script type="module" src="/main.js"></script></body></html>',
    'main.js': MAIN,
  }
  await withApp(app, async (root) => {
    const client = new URL(import.meta.resolve('@paceline/images/client')).pathname
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      resolve: { alias: { '@paceline/images/client': client } },
    })
    const site = await serveSite(join(root, 'dist'))
    try {
      const workers: string[] = []
      page.on('worker', (worker) => workers.push(worker.url()))
      await page.goto(site.url)
      await page.waitForFunction(() => 'upload' in globalThis)

      const made = (await compress(page, onItsSide, 'IMG_1.JPG', 'image/jpeg')) as Made
      expect(workers).toEqual([expect.stringMatching(/\/assets\/compress-worker-[\w-]+\.js$/)])
      expect(made).toMatchObject({ name: 'IMG_1.webp', type: 'image/webp' })
      const bytes = Buffer.from(made.bytes, 'base64')
      expect(bytes.length).toBeLessThan(onItsSide.length)
      expect(bytes.includes('SECRET')).toBe(false)
      const metadata = await sharp(bytes).metadata()
      expect(metadata).toMatchObject({ format: 'webp', width: 300, height: 200 })
      expect(metadata.orientation).toBeUndefined()
      expect(await difference(bytes, upright)).toBeLessThan(SAME)
      expect(await difference(bytes, await sharp(upright).rotate(180).toBuffer())).toBeGreaterThan(3 * SAME)

      expect(await page.evaluate(() => upload.bestFormat())).toBe('avif')
      expect(await compress(page, Buffer.from('no picture'), 'a.png', 'image/png')).toEqual({
        code: 'PACELINE_UPLOAD_UNREADABLE',
      })
      const reason = await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const controller = new AbortController()
        // As soon as the worker has something to do.
        const { postMessage } = Worker.prototype
        Worker.prototype.postMessage = function (this: Worker, message: unknown) {
          postMessage.call(this, message)
          controller.abort('left the page')
        }
        const made = upload.compressImage(new File([bytes], 'a.jpg', { type: 'image/jpeg' }), {
          signal: controller.signal,
        })
        controller.abort('left the page')
        return made.then(
          () => 'made',
          (error: unknown) => error,
        )
      }, onItsSide.toString('base64'))
      expect(reason).toBe('left the page')
    } finally {
      await site.close()
    }
  })
})
