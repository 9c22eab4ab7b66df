import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { artifactCache } from '@paceline/artifact-cache'
import {
  describePluginContract,
  hashDirectory,
  runBuild,
  smallApp,
  viteVersions,
  writeFixture,
  type FixtureFiles,
} from '@paceline/testkit'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tagged } from './encode/testing/pictures.ts'
import type { ImagesReport } from './images-report.ts'
import type { ImagesOptions } from './options.ts'
import { images } from './plugin.ts'
import { photograph } from './testing/photograph.ts'

/** Fast: what is looked at here are references, not pixels. */
const fast: ImagesOptions = { widths: [160, 320], quality: 50 }

let photo: Uint8Array
beforeAll(async () => {
  photo = await photograph(480, 320)
})

/** An app that names one photograph wherever people name images. */
const app = (): FixtureFiles => ({
  ...smallApp,
  'index.html':
    '<!doctype html><html lang="en"><head><title>Photos</title><link rel="preload" as="image" href="/src/hero.jpg"></head>' +
    '<body><img id="hero" src="/src/hero.jpg" alt="" width="480" height="320"><img id="open" src="/open.jpg" alt="">' +
    '<script type="module" src="/src/main.js"></script></body></html>',
  'src/hero.jpg': photo,
  'src/card.jpg': photo,
  'public/open.jpg': photo,
  'src/main.js': [
    "import './main.css'",
    "import url from './hero.jpg'",
    "import picture from './hero.jpg?picture'",
    'document.body.dataset.url = url',
    'document.body.dataset.picture = JSON.stringify(picture)',
  ].join('\n'),
  'src/main.css': '.card { background: url(./card.jpg) center / cover }',
})

async function outputOf(root: string): Promise<{ files: string[]; html: string; css: string; js: string }> {
  const dist = join(root, 'dist')
  const entries = await readdir(dist, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
    .toSorted()
  const textOf = async (extension: string): Promise<string> =>
    (
      await Promise.all(
        files.filter((file) => file.endsWith(extension)).map((file) => readFile(join(dist, file), 'utf8')),
      )
    ).join('\n')
  return { files, html: await textOf('.html'), css: await textOf('.css'), js: await textOf('.js') }
}

/** Every file of the output that a text names. */
const named = (text: string, extension: string): string[] => [
  ...new Set([...text.matchAll(new RegExp(`[\\w/.-]+\\.${extension}\\b(?!\\.)`, 'g'))].map(([name]) => name)),
]

// Each of the apps is built in a folder of its own: the pictures, which are the same, are made once.
const cacheDir = await mkdtemp(join(tmpdir(), 'paceline-images-'))
afterAll(() => rm(cacheDir, { recursive: true, force: true }))
const small = await photograph(240, 160)

describePluginContract<ImagesOptions>({
  name: 'images()',
  create: (options) => [artifactCache({ dir: cacheDir }), images(options)],
  app: {
    ...smallApp,
    'src/small.jpg': small,
    'public/open.jpg': small,
    'src/about.css': '.about { background: url(./small.jpg) }\n',
    'src/main.js': `import small from './small.jpg?picture'\nconsole.log(small)\n${String(smallApp['src/main.js'])}`,
  },
  options: { formats: ['avif', 'webp'], widths: [160], quality: 50, placeholder: 'color' },
  changesOutput: true,
  verify: async ({ outDir }) => {
    const files = Object.keys(await hashDirectory(outDir))
    const made = files.find((file) => /small-(?:160|240)-[\w-]+\.avif$/.test(file))
    expect(made).toBeDefined()
    expect(files).toContain('open.jpg.avif')
    const scripts = files.filter((file) => file.endsWith('.js'))
    const codes = await Promise.all(scripts.map((file) => readFile(join(outDir, file), 'utf8')))
    expect(codes.filter((code) => code.includes(basename(made!)))).not.toEqual([])
  },
})

test.each(viteVersions)('changes no byte of an app without pictures on Vite %d', async (vite) => {
  const root = await writeFixture(smallApp)
  await runBuild({ vite, root, plugins: [], config: { build: { outDir: 'bare' } } })
  await runBuild({ vite, root, plugins: images(fast) })
  expect(await hashDirectory(join(root, 'dist'))).toEqual(await hashDirectory(join(root, 'bare')))
})

describe.each(viteVersions)('images() on Vite %d', (vite) => {
  test('gives every reference files that are there, in the formats it can use', async () => {
    const root = await writeFixture(app())
    const { log } = await runBuild({ vite, root, plugins: images(fast) })
    expect(log.warn).toEqual([])
    const { files, html, css, js } = await outputOf(root)
    for (const [text, extension, least] of [
      [html, 'avif', 2],
      [html, 'webp', 2],
      [html, 'jpg', 2],
      [css, 'avif', 1],
      [css, 'webp', 1],
      [css, 'jpg', 1],
      [js, 'avif', 2],
      [js, 'webp', 1],
      [js, 'jpg', 3],
    ] as const) {
      const names = named(text, extension)
      expect(names.length, `${extension} in ${text.slice(0, 300)}`).toBeGreaterThanOrEqual(least)
      for (const name of names) expect(files).toContain(name.replace(/^\//, ''))
    }
    expect(html).toContain('rel="preload"')
    expect(html).toMatch(/<link[^>]*type="image\/avif"/)
    expect(css).toMatch(/background:url\([^)]+\.jpg\)/)
    expect(css).toContain('image-set(')
  })

  test('offers the widths of a picture, its size and a placeholder', async () => {
    const root = await writeFixture(app())
    await runBuild({ vite, root, plugins: images(fast) })
    const { js } = await outputOf(root)
    const srcset = /[\w/-]+\.avif 160w, [\w/-]+\.avif 320w/
    expect(js).toMatch(srcset)
    expect(js).toMatch(/placeholder:["'`][\w+/=]{20,44}["'`]/)
    expect(js).toMatch(/width:320,height:213/)
  })

  test.each(['/app/', './', 'https://cdn.example.com/x/'])('finds its files with base %s', async (base) => {
    const root = await writeFixture(app())
    await runBuild({ vite, root, plugins: images(fast), config: { base } })
    const { files, html } = await outputOf(root)
    const urls = [...html.matchAll(/srcset="([^" ]+)/g)].map(([, url]) => url!)
    expect(urls.length).toBeGreaterThanOrEqual(4)
    for (const url of urls) {
      expect(url.startsWith(base === './' ? '' : base)).toBe(true)
      expect(files).toContain(base === './' ? url.replace(/^\.\//, '') : url.slice(base.length))
    }
  })

  test('keeps the PostCSS config of the app, and runs behind it', async () => {
    // Vite 7 looks at URLs before plugins have visited the declarations.
    const visit = "(d) => { d.value = d.value.replace('nowhere', './card') }"
    const hook = vite === 7 ? `Once: (root) => root.walkDecls(${visit})` : `Declaration: ${visit}`
    const root = await writeFixture({
      ...app(),
      'postcss.config.cjs': `module.exports = { plugins: [{ postcssPlugin: 'own', ${hook} }] }`,
      'src/main.css': '.card { background: url(nowhere.jpg) }',
    })
    await runBuild({ vite, root, plugins: images(fast) })
    expect((await outputOf(root)).css).toMatch(/image-set\(url\(\/assets\/card-480-[^)]*\.avif\)/)
  })

  test('says what became of each image, and which are not used', async () => {
    const root = await writeFixture({ ...app(), 'src/forgotten.jpg': photo, 'public/lost.jpg': photo })
    const plugins = images(fast)
    await runBuild({ vite, root, plugins })
    const { api } = plugins.find(({ name }) => name === 'paceline:images') as {
      api: { reportSection(name: string): { images: ImagesReport } }
    }
    const { images: report } = api.reportSection('client')
    const hero = report.files.find(({ file }) => file === 'src/hero.jpg')!
    expect(hero.usedIn).toEqual(['index.html', 'src/main.js'])
    expect(hero.bytes).toBe(photo.byteLength)
    const { files } = await outputOf(root)
    for (const { file, width, bytes } of hero.variants) {
      if (file === undefined) continue
      expect(files).toContain(file)
      const written = await readFile(join(root, 'dist', file))
      expect(written.byteLength).toBe(bytes)
      expect((await sharp(written).metadata()).width).toBe(width)
    }
    expect(report.unused.map(({ file }) => file)).toEqual(['public/lost.jpg', 'src/forgotten.jpg'])
  })

  test('names the file and who uses it when an image is damaged, and serves it as it is when told to', async () => {
    const broken = { ...app(), 'src/hero.jpg': photo.slice(0, photo.byteLength / 2) }
    const failing = runBuild({ vite, root: await writeFixture(broken), plugins: images(fast) })
    await expect(failing).rejects.toThrow(/`src\/hero\.jpg` \(used in `(?:index\.html|src\/main\.js)`\) is damaged/)
    const root = await writeFixture(broken)
    const { log } = await runBuild({ vite, root, plugins: images({ ...fast, onError: 'warn' }) })
    // A slow machine may have more to say.
    expect(log.warn).toContainEqual(
      expect.stringMatching(/`src\/hero\.jpg` .*Restore the file\. It is served as it is\.$/),
    )
    const { files, html } = await outputOf(root)
    expect(files.filter((file) => /hero/.test(file))).toHaveLength(1)
    expect(html).toMatch(/src="\/assets\/hero-[\w-]+\.jpg"/)
  })

  test('takes where a public picture was taken out of its copy, and nothing else', async () => {
    const secret = await tagged('jpeg', 6)
    const root = await writeFixture({ ...app(), 'public/trip.jpg': secret, 'public/left.jpg': secret })
    const plugins = images({ ...fast, exclude: ['public/left.jpg'] })
    await runBuild({ vite, root, plugins })
    const copy = await readFile(join(root, 'dist/trip.jpg'))
    for (const trace of ['SECRET', 'GPS', 'xpacket']) expect(copy.includes(trace)).toBe(false)
    const shown = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes, { autoOrient: true }).raw().toBuffer()
    expect((await shown(copy)).equals(await shown(secret))).toBe(true)
    expect(await readFile(join(root, 'dist/open.jpg'))).toEqual(Buffer.from(photo))
    expect(await readFile(join(root, 'dist/left.jpg'))).toEqual(secret)
    expect(await readFile(join(root, 'public/trip.jpg'))).toEqual(secret)
  })

  test('stays out of the way of a library', async () => {
    const root = await writeFixture(app())
    const config = { build: { lib: { entry: 'src/main.js', formats: ['es' as const] } } }
    await runBuild({ vite, root, plugins: images(fast), config }).catch(() => undefined)
    const { files } = await outputOf(root)
    expect(files.filter((file) => /\.(?:avif|webp)$/.test(file))).toEqual([])
  })
})
