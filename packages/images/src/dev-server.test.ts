import { mkdir, rename } from 'node:fs/promises'
import { get } from 'node:http'
import { basename, join } from 'node:path'
import {
  startServer,
  viteVersions,
  writeFiles,
  writeFixture,
  type FixtureFiles,
  type TestServer,
} from '@paceline/testkit'
import sharp from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ImagesOptions } from './options.ts'
import type { PictureImage } from './picture-image.ts'
import { images } from './plugin.ts'
import { photograph } from './testing/photograph.ts'

const fast: ImagesOptions = { widths: [160, 320], quality: 50 }

let photo: Uint8Array
let other: Uint8Array
beforeAll(async () => {
  photo = await photograph(480, 320)
  other = await photograph(400, 320)
})

const app = (): FixtureFiles => ({
  'index.html':
    '<!doctype html><html lang="en"><head><title>Photos</title></head><body><img id="hero" src="/src/hero.jpg" alt="">' +
    '<img id="open" src="/open.jpg" alt=""><script type="module" src="/src/main.js"></script></body></html>',
  'src/hero.jpg': photo,
  'public/open.jpg': photo,
  'src/main.js':
    "import picture from './hero.jpg?picture'\ndocument.body.dataset.picture = JSON.stringify(picture)\nimport.meta.hot?.accept()",
})

const patience = { timeout: 10_000, interval: 50 }

/** The picture that an import gives in the page. */
async function pictureOf({ server, origin }: TestServer, importer: string): Promise<PictureImage> {
  const code = await (await fetch(origin + server.config.base + importer)).text()
  const url = /from "([^"]+[?&]picture[^"]*)"/.exec(code)?.[1]
  const module = await (await fetch(origin + url)).text()
  return JSON.parse(/export default (\{.*\})/.exec(module)![1]!) as PictureImage
}

const urlsOf = ({ sources }: PictureImage, type: string): string[] =>
  sources
    .find((source) => source.type === type)!
    .srcset.split(', ')
    .map((one) => one.split(' ')[0]!)

/** Asks until the variant is there. */
async function variantAt(url: string): Promise<Response> {
  return vi.waitFor(async () => {
    const response = await fetch(url)
    expect(response.headers.get('cache-control')).toBe('no-cache')
    return response
  }, patience)
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())

/** Without the URL parser in between, which takes `..` away. */
function rawGet(origin: string, path: string): Promise<{ status: number; type: string; body: string }> {
  return new Promise((resolve, reject) => {
    get(origin, { path }, (response) => {
      let body = ''
      response.setEncoding('latin1').on('data', (part: string) => (body += part))
      response.on('end', () => {
        resolve({ status: response.statusCode!, type: response.headers['content-type'] ?? '', body })
      })
    }).on('error', reject)
  })
}

describe.each(viteVersions)('the dev server of Vite %d', (vite) => {
  const start = async (
    files: FixtureFiles,
    options: ImagesOptions = fast,
    config: Parameters<typeof startServer>[0]['config'] = {},
  ): Promise<TestServer> => startServer({ vite, root: await writeFixture(files), plugins: images(options), config })

  test('gives an import the size, the placeholder and all formats of a picture', async () => {
    const running = await start(app())
    const picture = await pictureOf(running, 'src/main.js')
    expect(picture).toMatchObject({ src: '/src/hero.jpg', width: 480, height: 320 })
    // Nobody waits for it.
    const withPlaceholder = await vi.waitFor(async () => {
      const again = await pictureOf(running, 'src/main.js')
      expect(again.placeholder).toMatch(/^[\w+/=]{20,44}$/)
      return again
    }, patience)
    const { placeholder: _, ...rest } = withPlaceholder
    expect(rest).toEqual({ ...picture, placeholder: undefined })
    expect(picture.sources.map(({ type, srcset }) => [type, srcset.match(/ \d+w/g)])).toEqual([
      ['image/avif', [' 160w', ' 320w']],
      ['image/webp', [' 160w', ' 320w']],
    ])
  })

  test('answers with the original until the variant is there, then with the variant, and 304 after that', async () => {
    const running = await start(app())
    const [url] = urlsOf(await pictureOf(running, 'src/main.js'), 'image/avif')
    const first = await fetch(running.origin + url)
    expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      'no-store',
    ])
    expect((await bytesOf(first)).equals(photo)).toBe(true)
    const made = await variantAt(running.origin + url)
    expect(made.headers.get('content-type')).toBe('image/avif')
    expect(await sharp(await bytesOf(made)).metadata()).toMatchObject({ format: 'heif', width: 160 })
    const etag = made.headers.get('etag')!
    const again = await fetch(running.origin + url, { headers: { 'If-None-Match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await fetch(running.origin + url, { method: 'HEAD' })
    expect([head.headers.get('etag'), await head.text()]).toEqual([etag, ''])
  })

  test('makes a variant once, however many ask', async () => {
    const plugins = images(fast)
    const running = await startServer({ vite, root: await writeFixture(app()), plugins })
    const [, url] = urlsOf(await pictureOf(running, 'src/main.js'), 'image/webp')
    await Promise.all(Array.from({ length: 30 }, () => fetch(running.origin + url)))
    await variantAt(running.origin + url)
    const { api } = plugins.find(({ name }) => name === 'paceline:artifact-cache') as {
      api: { reportSection(name: string): { cache: { made: Record<string, { count: number }> } } }
    }
    expect(api.reportSection('client').cache.made['webp']).toMatchObject({ count: 1 })
  })

  test.each(['/', '/app/'])('gives the images of a page their formats with base %s', async (base) => {
    const running = await start(app(), fast, { base })
    const html = await (await fetch(running.origin + base, { headers: { Accept: 'text/html' } })).text()
    expect(html).not.toContain('vite-ignore')
    const urls = [...html.matchAll(/<source[^>]* srcset="([^"]+)"/g)].map(([, url]) => url!)
    expect(urls).toHaveLength(4)
    for (const url of urls) {
      expect(url.startsWith(`${base}@paceline/images/`)).toBe(true)
      expect((await fetch(running.origin + url)).headers.get('content-type')).toBe('image/jpeg')
    }
    expect((await variantAt(running.origin + urls[0])).headers.get('content-type')).toBe('image/avif')
    const originals = [...html.matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, url]) => url!)
    expect(originals).toEqual([`${base}src/hero.jpg`, `${base}open.jpg`])
    for (const url of originals)
      expect((await fetch(running.origin + url)).headers.get('content-type')).toBe('image/jpeg')
  })

  test('serves pictures outside the root, and names with spaces and letters of all kinds', async () => {
    const outside = await writeFixture({ 'Grüße, 世界 #1 100%.jpg': photo, 'side by side.jpg': photo })
    const running = await start(
      {
        ...app(),
        'src/über uns/my photo.jpg': photo,
        'src/main.js': "import picture from './über uns/my photo.jpg?picture'\nconsole.log(picture)",
        'src/far.js': "import picture from 'far/side by side.jpg?picture'\nconsole.log(picture)",
      },
      fast,
      { base: '/app/', resolve: { alias: { far: outside } }, server: { fs: { allow: ['/'] } } },
    )
    for (const importer of ['src/main.js', 'src/far.js']) {
      const picture = await pictureOf(running, importer)
      for (const url of [picture.src, ...urlsOf(picture, 'image/avif'), ...urlsOf(picture, 'image/webp')]) {
        expect(url).toMatch(/^\/app\/[^\s,]+$/)
        const response = await fetch(running.origin + url)
        // All are one photograph: what was made of the first may be there when the second is asked for.
        expect(`${response.status} ${response.headers.get('content-type')}`).toMatch(/^200 image\/(?:jpeg|avif|webp)$/)
      }
    }
  })

  test('gives a changed picture new URLs, and updates the modules that show it', async () => {
    const running = await start(app())
    const { server } = running
    const before = await pictureOf(running, 'src/main.js')
    const sent: string[] = []
    const { send } = server.environments.client.hot
    server.environments.client.hot.send = (...message: unknown[]) => {
      sent.push(JSON.stringify(message))
      return (send as (...message: unknown[]) => void).apply(server.environments.client.hot, message)
    }
    await writeFiles(server.config.root, { 'src/hero.jpg': other })
    await vi.waitFor(() => expect(sent.join()).toContain('src/main.js'), { timeout: 10_000 })
    const after = await pictureOf(running, 'src/main.js')
    expect(after).toMatchObject({ width: 400, height: 320 })
    expect(after.src).toMatch(/^\/src\/hero\.jpg\?t=\d+$/)
    expect((await bytesOf(await fetch(running.origin + after.src))).equals(other)).toBe(true)
    expect(urlsOf(after, 'image/avif')).not.toContain(urlsOf(before, 'image/avif')[0])
    expect((await fetch(running.origin + urlsOf(before, 'image/avif')[0])).status).toBe(404)
    const made = await variantAt(running.origin + urlsOf(after, 'image/avif')[1])
    expect(await sharp(await bytesOf(made)).metadata()).toMatchObject({ width: 320, height: 256 })
  })

  test('names the damaged file and who uses it, and serves it as it is when told to', async () => {
    const broken = { ...app(), 'src/hero.jpg': photo.slice(0, photo.byteLength / 2) }
    const failing = await start(broken)
    const url = '/src/hero.jpg?import&picture'
    await fetch(`${failing.origin}/src/main.js`)
    await vi.waitFor(async () => expect((await fetch(failing.origin + url)).status).toBe(500), patience)
    expect(failing.log.error.join()).toContain('`src/hero.jpg` (used in `src/main.js`) is damaged')
    const warned = await start(broken, { ...fast, onError: 'warn' })
    await fetch(`${warned.origin}/src/main.js`)
    await vi.waitFor(
      async () => expect(await (await fetch(warned.origin + url)).text()).toContain('sources: []'),
      patience,
    )
    expect(warned.log.warn.join()).toContain('`src/hero.jpg`')
  })

  test('leaves excluded pictures alone', async () => {
    const running = await start(app(), { ...fast, exclude: ['src/**', 'public/**'] })
    const html = await (await fetch(running.origin, { headers: { Accept: 'text/html' } })).text()
    expect(html).not.toContain('<picture')
    await fetch(`${running.origin}/src/main.js`)
    expect(await (await fetch(`${running.origin}/src/hero.jpg?import&picture`)).text()).toContain('sources: []')
  })

  test('goes on after a restart', async () => {
    const running = await start(app())
    const { server } = running
    const [url] = urlsOf(await pictureOf(running, 'src/main.js'), 'image/avif')
    await server.restart()
    const again = { ...running, origin: server.resolvedUrls!.local[0]!.replace(/\/$/, '') }
    const [same] = urlsOf(await pictureOf(again, 'src/main.js'), 'image/avif')
    expect(same).toBe(url)
    expect((await variantAt(again.origin + same)).headers.get('content-type')).toBe('image/avif')
  })

  test('serves the original of a picture outside of the app, in the folder of a scope', async () => {
    const root = await writeFixture({
      'pnpm-workspace.yaml': 'packages: []\n',
      'app/index.html': '<!doctype html><script type="module" src="/main.js"></script>',
      'app/main.js': "import picture from '../@shared/photo.jpg?picture'\nconsole.log(picture)",
      '@shared/photo.jpg': photo,
    })
    const running = await startServer({ vite, root: join(root, 'app'), plugins: images(fast) })
    const response = await fetch(running.origin + (await pictureOf(running, 'main.js')).src)
    expect(response.status).toBe(200)
    expect(Buffer.from(await response.arrayBuffer()).equals(photo)).toBe(true)
  })

  test('gives no other file away, and no page in the place of a picture', async () => {
    const root = await writeFixture({ ...app(), 'secret.txt': 'a secret' })
    await mkdir(join(root, 'app'))
    for (const name of ['index.html', 'src', 'public'])
      await rename(join(root, name), join(root, 'app', basename(name)))
    const { origin } = await startServer({ vite, root: join(root, 'app'), plugins: images(fast) })
    for (const path of [
      '/@paceline/images/../../../secret.txt',
      '/@paceline/images/..%2f..%2f..%2fsecret.txt',
      '/@paceline/images/%2e%2e/%2e%2e/secret.txt',
      '/@paceline/images/%E0%A4%A/x.avif',
      '/@paceline/images/0123456789abcdef/hero-160.avif',
    ]) {
      const { status, type, body } = await rawGet(origin, path)
      expect(body).not.toContain('a secret')
      expect([path, status >= 400 || type !== 'text/html']).toEqual([path, true])
    }
  })
})
