import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { runBuild, smallApp, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { ManifestOptions } from './options.ts'
import { serviceWorker } from './plugin.ts'

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24"><circle cx="12" cy="12" r="12" fill="#c00"/></svg>'
const app: FixtureFiles = { ...smallApp, 'src/icon.svg': svg }
const options: ManifestOptions = {
  name: 'Lumen Studio',
  shortName: 'Lumen',
  icon: 'src/icon.svg',
  themeColor: '#123456',
}

interface Manifest {
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose: string }[]
  readonly [field: string]: unknown
}

describe.each(viteVersions)('manifest on Vite %d', (vite) => {
  const build = async (manifest: ManifestOptions, base = '/', files: FixtureFiles = app): Promise<string> => {
    const root = await writeFixture(files)
    await runBuild({ vite, root, plugins: serviceWorker({ manifest }), config: { base, logLevel: 'silent' } })
    return join(root, 'dist')
  }
  const manifestOf = async (dist: string): Promise<Manifest> =>
    JSON.parse(await readFile(join(dist, 'manifest.webmanifest'), 'utf8')) as Manifest

  test('has icons of the sizes it says, in one picture', async () => {
    const dist = await build(options)
    const { icons, ...fields } = await manifestOf(dist)
    expect(fields).toMatchObject({ name: 'Lumen Studio', short_name: 'Lumen', display: 'standalone', start_url: './' })
    expect(icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
      '192x192 any',
      '512x512 any',
      '512x512 maskable',
    ])
    for (const { src, sizes } of icons) {
      const { width, height, format } = await sharp(join(dist, src)).metadata()
      expect(`${width}x${height} ${format}`).toBe(`${sizes} png`)
    }
  })

  test('leaves room around what may be cut off, on a ground', async () => {
    const dist = await build({ ...options, backgroundColor: '#00ff00' })
    const { icons } = await manifestOf(dist)
    const pixelOf = async (purpose: string, left: number, top: number): Promise<number[]> => {
      const { src } = icons.findLast((icon) => icon.purpose === purpose)!
      const area = sharp(join(dist, src)).ensureAlpha().extract({ left, top, width: 1, height: 1 })
      return [...(await area.raw().toBuffer())]
    }
    expect(await pixelOf('any', 0, 0)).toEqual([0, 0, 0, 0])
    expect(await pixelOf('any', 256, 2)).toEqual([204, 0, 0, 255])
    // The circle of the icon ends at 80 % of the width: what is outside is ground.
    expect(await pixelOf('maskable', 256, 40)).toEqual([0, 255, 0, 255])
    expect(await pixelOf('maskable', 256, 60)).toEqual([204, 0, 0, 255])
  })

  test.each([
    ['/', '/manifest.webmanifest', /^\/assets\/app-icon-apple-180-[\da-f]{8}\.png$/],
    ['/app/', '/app/manifest.webmanifest', /^\/app\/assets\/app-icon-apple-180-/],
    ['./', './manifest.webmanifest', /^\.\/assets\/app-icon-apple-180-/],
    ['https://cdn.example/x/', '/manifest.webmanifest', /^https:\/\/cdn\.example\/x\/assets\/app-icon-apple-180-/],
  ])('is named in the page below %s', async (base, manifest, icon) => {
    const html = await readFile(join(await build(options, base), 'index.html'), 'utf8')
    const href = (rel: string): string | undefined => new RegExp(`<link rel="${rel}" href="([^"]+)"`).exec(html)?.[1]
    expect(href('manifest')).toBe(manifest)
    expect(href('apple-touch-icon')).toMatch(icon)
    expect(html).toContain('<meta name="theme-color" content="#123456">')
  })

  test.each<[string, ManifestOptions, FixtureFiles]>([
    ['PACELINE_SW_ICON_MISSING', { ...options, icon: 'src/none.svg' }, app],
    ['PACELINE_SW_ICON_UNUSABLE', { ...options, icon: 'src/icon.svg' }, { ...app, 'src/icon.svg': 'not a picture' }],
    [
      'PACELINE_SW_MANIFEST_TWICE',
      options,
      {
        ...app,
        'index.html': String(app['index.html']).replace(
          '<head>',
          '<head><link rel="manifest" href="/own.webmanifest">',
        ),
        'public/own.webmanifest': '{}',
      },
    ],
  ])('fails with %s', async (code, manifest, files) => {
    const failed = build(manifest, '/', files).then(
      () => [],
      (error: unknown) => errorCodes(error),
    )
    expect(await failed).toContain(code)
  })
})

test('refuses a picture that is too small', async () => {
  const small = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#123' } })
    .png()
    .toBuffer()
  const root = await writeFixture({ ...app, 'src/icon.png': small })
  const plugins = serviceWorker({ manifest: { ...options, icon: 'src/icon.png' } })
  await expect(runBuild({ vite: 8, root, plugins, config: { logLevel: 'silent' } })).rejects.toThrow('200 × 200')
})

test.each([
  [{ ...options, themeColor: 'red' }, /serviceWorker\.manifest\.themeColor/],
  [{ ...options, startUrl: '/x' }, /serviceWorker\.manifest\.startUrl/],
  [{ icon: 'a.svg' }, /serviceWorker\.manifest\.name/],
])('refuses %o', (manifest, message) => {
  expect(() => serviceWorker({ manifest: manifest as ManifestOptions })).toThrow(message)
})
