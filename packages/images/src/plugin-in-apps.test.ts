import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  closesLast,
  runAppBuild,
  runBuild,
  viteVersions,
  writeFiles,
  writeFixture,
  type FixtureFiles,
} from '@paceline/testkit'
import type { AcceptedPlugin } from 'postcss'
import sharp from 'sharp'
import type { InlineConfig, Plugin, Rollup } from 'vite'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ImagesReport } from './images-report.ts'
import type { ImagesOptions } from './options.ts'
import { images } from './plugin.ts'
import { photograph } from './testing/photograph.ts'

const fast: ImagesOptions = { widths: [160, 320], quality: 50 }
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg"   width="20" height="20">\n  <!-- by hand -->\n  <circle cx="10" cy="10" r="9" fill="#ff0000"></circle>\n</svg>'

let photo: Uint8Array
let other: Uint8Array
beforeAll(async () => {
  photo = await photograph(480, 320)
  other = await photograph(400, 320)
})

const page = (body = ''): string =>
  `<!doctype html><html lang="en"><head><title>App</title></head><body>${body}<script type="module" src="/src/main.js"></script></body></html>`
const app = (files: FixtureFiles): FixtureFiles => ({ 'index.html': page(), 'src/main.js': '', ...files })

interface Output {
  readonly files: readonly string[]
  read(file: string): Promise<Buffer>
  text(extension: string): Promise<string>
}

async function outputIn(dist: string): Promise<Output> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
    .toSorted()
  const read = (file: string): Promise<Buffer> => readFile(join(dist, file))
  return {
    files,
    read,
    text: async (extension) =>
      (await Promise.all(files.filter((file) => file.endsWith(extension)).map(read))).map(String).join('\n'),
  }
}

const reportOf = (plugins: readonly Plugin[]): ImagesReport =>
  (
    plugins.find(({ name }) => name === 'paceline:images') as Plugin & {
      api: { reportSection(name: string): { images: ImagesReport } }
    }
  ).api.reportSection('client').images

describe.each(viteVersions)('images() in apps on Vite %d', (vite) => {
  async function build(
    files: FixtureFiles,
    config: InlineConfig = {},
    { options = fast, before = [], after = [] }: { options?: ImagesOptions; before?: Plugin[]; after?: Plugin[] } = {},
  ): Promise<Output & { warnings: string[]; report: ImagesReport; root: string }> {
    const root = await writeFixture(files)
    const plugins = images(options)
    const { log } = await runBuild({ vite, root, plugins: [...before, ...plugins, ...after], config })
    return { ...(await outputIn(join(root, 'dist'))), warnings: log.warn, report: reportOf(plugins), root }
  }

  test('gives the pictures of a glob', async () => {
    const { text, files } = await build(
      app({
        'src/one.jpg': photo,
        'src/two.jpg': other,
        'src/main.js':
          "console.log(import.meta.glob('./*.jpg', { query: '?picture', import: 'default', eager: true }))",
      }),
    )
    const js = await text('.js')
    for (const [, url] of js.matchAll(/\/(assets\/[\w-]+\.(?:avif|webp|jpg))/g)) expect(files).toContain(url)
    expect(js.match(/\.avif 160w/g)).toHaveLength(2)
  })

  test('leaves `?raw`, `?inline`, `?url`, `?no-inline` and the queries of other plugins their meaning', async () => {
    const seen: string[] = []
    const component: Plugin = {
      name: 'makes-components',
      enforce: 'pre',
      load: (id) => {
        if (!/\?(?:react|component|w=)/.test(id)) return undefined
        seen.push(id.replace(/^.*\//, ''))
        return 'export default "a component"'
      },
    }
    const { text, files, read } = await build(
      app({
        'src/drawing.svg': drawing,
        'src/photo.jpg': photo,
        'src/main.js': ['drawing.svg?raw', 'drawing.svg?inline', 'drawing.svg?no-inline', 'photo.jpg?url']
          .concat('drawing.svg?react', 'drawing.svg?component', 'photo.jpg?w=100&format=webp')
          .map((name, at) => `import n${at} from './${name}'\nconsole.log(n${at})`)
          .join('\n'),
      }),
      {},
      { after: [component] },
    )
    const js = await text('.js')
    expect(seen.toSorted()).toEqual(['drawing.svg?component', 'drawing.svg?react', 'photo.jpg?w=100&format=webp'])
    expect(js).toContain('by hand')
    expect(js).toContain('data:image/svg+xml,')
    const svg = files.find((file) => file.endsWith('.svg'))!
    expect(js).toContain(svg)
    expect(String(await read(svg))).not.toContain('by hand')
    const jpeg = files.find((file) => file.endsWith('.jpg'))!
    expect(js).toContain(jpeg)
    expect((await read(jpeg)).byteLength).toBeLessThan(photo.byteLength)
  })

  test('leaves plain imports of SVG files to a plugin behind it that makes components of them', async () => {
    const loader: Plugin = {
      name: 'svg-loader',
      enforce: 'pre',
      load: (id) => (id.endsWith('.svg') ? 'export default "a component"' : undefined),
    }
    const files = app({
      'src/drawing.svg': drawing,
      'src/main.js': "import it from './drawing.svg'\nconsole.log(it)",
    })
    expect(await (await build(files, {}, { after: [loader] })).text('.js')).toContain('a component')
    expect(await (await build(files, {}, { before: [loader] })).text('.js')).toContain('a component')
    expect(await (await build(files)).text('.js')).toContain('data:image/svg+xml')
  })

  test('does not count as unused what Vite emits by itself', async () => {
    const { report, files } = await build(
      app({
        'src/a.jpg': photo,
        'src/b.jpg': other,
        'src/c.svg': drawing,
        'src/unused.png': await sharp(photo).png().toBuffer(),
        'src/worker.js': "import url from './b.jpg'\nself.postMessage(url)",
        'src/main.js':
          "console.log(new URL('./a.jpg?x', import.meta.url).href)\nnew Worker(new URL('./worker.js', import.meta.url), { type: 'module' })\nimport text from './c.svg?raw'\nconsole.log(text)",
      }),
      { worker: { format: 'es' } },
    )
    expect(files.filter((file) => file.endsWith('.jpg'))).toHaveLength(2)
    expect(report.unused.map(({ file }) => file)).toEqual(['src/unused.png'])
  })

  test.each(['/app/', './'])(
    'gives `new URL()` a smaller file with base %s, and words that look like it nothing',
    async (base) => {
      const { text, files, read, report } = await build(
        app({
          'src/a.jpg': photo,
          'src/other.js': "import a from './a.jpg'\nexport default a",
          'src/main.js': [
            "import a from './a.jpg'",
            "console.log(a, new URL( './a.jpg', import.meta.url ).href, new URL('./none.jpg', 'https://example.com'))",
            'console.log("new URL(\'./a.jpg\', import.meta.url)")',
            "import('./other.js')",
          ].join('\n'),
        }),
        { base },
      )
      const jpegs = files.filter((file) => file.endsWith('.jpg'))
      expect(jpegs).toHaveLength(1)
      expect((await read(jpegs[0]!)).byteLength).toBeLessThan(photo.byteLength)
      const js = await text('.js')
      expect(js.match(/a-[\w-]+\.jpg/g)!.length).toBeGreaterThanOrEqual(2)
      expect(js).toMatch(/new URL\('\.\/a\.jpg', import\.meta\.url\)/)
      expect(js).not.toContain('__VITE_ASSET__')
      expect(report.files.map(({ usedIn }) => usedIn)).toEqual([['src/main.js', 'src/other.js']])
    },
  )

  test('rewrites CSS modules, inline PostCSS options, styles in HTML and one stylesheet for all', async () => {
    const own: AcceptedPlugin = {
      postcssPlugin: 'own',
      Once(root) {
        root.walkDecls((declaration) => void (declaration.value = declaration.value.replace('=(', 'url(')))
      },
    }
    const { text, files, report } = await build(
      app({
        'index.html': page(
          '<style>.in-page { background: url(./src/a.jpg) }</style><p style="background: url(./src/b.jpg)">x</p>',
        ),
        'src/a.jpg': photo,
        'src/b.jpg': other,
        'src/sub/base.css': '.base { background-image: =("../a.jpg") }',
        'src/card.module.css':
          "@import './sub/base.css';\n.card { background: no-repeat url('./a.jpg') 0 0 / cover, red }",
        'src/main.js': "import styles from './card.module.css'\nconsole.log(styles.card)",
      }),
      { css: { postcss: { plugins: [own] } }, build: { cssCodeSplit: false, assetsInlineLimit: 0 } },
    )
    const css = (await text('.css')) + (await text('.html'))
    expect(css.match(/image-set\(/g)!.length).toBeGreaterThanOrEqual(3)
    for (const [, url] of css.matchAll(/\/(assets\/[\w-]+\.(?:avif|webp|jpg))/g)) expect(files).toContain(url)
    expect(css).not.toMatch(/url\(["']?\.\.?\//)
    expect(report.files.find(({ file }) => file === 'src/b.jpg')!.usedIn).toEqual(['index.html'])
    const used = report.files.find(({ file }) => file === 'src/a.jpg')!
    expect(used.variants.map(({ format }) => format)).toEqual(['avif', 'jpeg', 'webp'])
    expect(used.usedIn).toEqual(['index.html', 'src/card.module.css', 'src/sub/base.css'])
  })

  test('inlines a small picture once, and never one of several files', async () => {
    const files = app({
      'index.html': page('<img src="/src/small.jpg" alt=""><img src="/src/a.jpg" alt="">'),
      'src/small.jpg': await photograph(48, 32),
      'src/a.jpg': photo,
      'src/main.css': '.a { background: url(./small.jpg) }\n.b { background: url(./a.jpg) }',
      'src/main.js': "import './main.css'",
    })
    const limited = await build(files, { build: { assetsInlineLimit: 20_000 } })
    for (const extension of ['.html', '.css']) {
      const text = await limited.text(extension)
      expect(text.match(/data:image/g)).toHaveLength(2)
      expect(text).not.toMatch(/<source|image-set/)
    }
    const chosen = await build(files, { build: { assetsInlineLimit: (file) => file.endsWith('src/a.jpg') } })
    for (const extension of ['.html', '.css']) {
      const text = await chosen.text(extension)
      expect(text.match(/data:image/g)).toHaveLength(1)
      expect(text).toMatch(/\/assets\/small-48-[\w-]+\.avif/)
    }
    const few = await build(files)
    for (const extension of ['.html', '.css']) {
      const text = await few.text(extension)
      expect(text.match(/data:image/g)).toHaveLength(1)
      expect(text).not.toContain('no-inline')
      expect(text).toMatch(/\/assets\/a-480-[\w-]+\.avif/)
    }
  })

  test('keeps the keys of originals in the manifest, each with the file that every browser shows', async () => {
    const { read, files } = await build(
      app({
        'src/a.jpg': photo,
        'src/b.jpg': other,
        'src/c.jpg': await photograph(440, 300),
        'src/main.css': '.a { background: url(./a.jpg) }\n.c { background: url(./c.jpg) }',
        'src/main.js':
          "import './main.css'\nimport picture from './a.jpg?picture'\nimport url from './b.jpg'\nconsole.log(picture, url, import.meta.env)",
      }),
      { build: { manifest: true, assetsDir: 'static/files' } },
    )
    const manifest = JSON.parse(String(await read('.vite/manifest.json'))) as Record<string, { file: string }>
    expect(JSON.stringify(manifest)).not.toContain('paceline-images')
    expect(Object.values(manifest).some(({ file }) => file.endsWith('.avif'))).toBe(true)
    for (const key of ['src/a.jpg', 'src/b.jpg', 'src/c.jpg']) {
      expect(manifest[key]!.file).toMatch(/^static\/files\/[abc][\w-]*\.jpg$/)
      expect(files).toContain(manifest[key]!.file)
    }
  })

  test('gives a server environment the URLs of the client', async () => {
    const root = await writeFixture(
      app({
        'src/a.jpg': photo,
        'src/show.js':
          "import picture from './a.jpg?picture'\nimport url from './a.jpg'\nexport const all = JSON.stringify([picture, url])",
        'src/main.js': "import { all } from './show.js'\nconsole.log(all)",
        'src/server.js': "export { all } from './show.js'",
      }),
    )
    const config: InlineConfig = {
      builder: {},
      environments: {
        client: { build: { outDir: 'dist/client' } },
        ssr: { build: { outDir: 'dist/server', ssr: true, rollupOptions: { input: join(root, 'src/server.js') } } },
      },
    }
    await runAppBuild({ vite, root, plugins: images(fast), config })
    const [client, server] = [await outputIn(join(root, 'dist/client')), await outputIn(join(root, 'dist/server'))]
    const urls = (code: string): string[] =>
      [...new Set([...code.matchAll(/\/assets\/[\w-]+\.(?:avif|webp|jpg)/g)].map(([url]) => url))].toSorted()
    const found = urls(await server.text('.mjs'))
    expect(found.length).toBeGreaterThanOrEqual(6)
    expect(found).toEqual(urls(await client.text('.js')))
    expect(server.files.filter((file) => !file.endsWith('.mjs'))).toEqual([])
    for (const url of found) expect(client.files).toContain(url.slice(1))
  })

  test('finds its files from pages in folders, with a relative base and odd names', async () => {
    const body = (prefix: string): string =>
      `<img src="${prefix}src/my%20photo,%20b.jpg" alt="" sizes="50vw"><img src="/open photo.jpg" alt="">`
    const pages: Plugin = {
      name: 'pages',
      config: ({ root = '' }) => ({
        build: { rollupOptions: { input: ['index.html', 'docs/deep/index.html'].map((name) => join(root, name)) } },
      }),
    }
    const { files, read } = await build(
      {
        'index.html': page(body('./')),
        'docs/deep/index.html': page(body('../../')),
        'src/main.js': "import url from './my photo, b.jpg?no-inline'\nconsole.log(url)",
        'src/my photo, b.jpg': photo,
        'public/open photo.jpg': photo,
      },
      { base: './', build: { assetsInlineLimit: 0 }, plugins: [pages] },
    )
    for (const name of ['index.html', 'docs/deep/index.html']) {
      const html = String(await read(name))
      expect(html.match(/<picture.*?<\/picture>/g)!.map((one) => one.match(/<img/g)!.length)).toEqual([1, 1])
      const urls = [...html.matchAll(/(?:srcset|src)="([^"]+)"/g)].flatMap(([, value]) =>
        value!.split(', ').map((one) => one.replace(/ \d+w$/, '')),
      )
      expect(urls.length).toBeGreaterThanOrEqual(9)
      for (const url of urls) {
        const { pathname } = new URL(url, `http://localhost/${name}`)
        expect(files).toContain(decodeURI(pathname).slice(1))
      }
    }
  })

  test('takes pictures from outside the root, and asks a limit that is a function', async () => {
    const far = await writeFixture({ 'shared/far.jpg': photo, 'shared/tiny.svg': drawing })
    const asked: string[] = []
    const { text, warnings } = await build(
      app({ 'src/main.js': "import far from 'far/far.jpg'\nimport tiny from 'far/tiny.svg'\nconsole.log(far, tiny)" }),
      {
        resolve: { alias: { far: join(far, 'shared') } },
        build: { assetsInlineLimit: (file) => (asked.push(file), file.endsWith('.svg') ? false : undefined) },
      },
    )
    expect(asked.toSorted()).toEqual([join(far, 'shared/far.jpg'), join(far, 'shared/tiny.svg')])
    expect(await text('.js')).toMatch(/\/assets\/tiny-[\w-]+\.svg/)
    expect(warnings).toEqual([])
  })

  test('leaves excluded files, and SVG files when told to', async () => {
    const files = app({
      'src/a.jpg': photo,
      'src/drawing.svg': drawing,
      'src/main.js':
        "import a from './a.jpg'\nimport p from './a.jpg?picture'\nimport d from './drawing.svg?no-inline'\nconsole.log(a, p, d)",
    })
    const output = await build(files, {}, { options: { ...fast, svg: false, exclude: ['src/*.jpg'] } })
    const jpegs = output.files.filter((file) => file.endsWith('.jpg'))
    expect(jpegs).toHaveLength(1)
    expect((await output.read(jpegs[0]!)).equals(photo)).toBe(true)
    expect(String(await output.read(output.files.find((file) => file.endsWith('.svg'))!))).toBe(drawing)
    expect(await output.text('.js')).toMatch(/width:480,height:320,sources:\[\]/)
    expect(output.report).toEqual({ files: [], unused: [] })
  })

  test('says once that Lightning CSS leaves the pictures of stylesheets as they are', async () => {
    const { warnings, text } = await build(
      app({
        'src/a.jpg': photo,
        'src/a.css': '.a { background: url(./a.jpg) }',
        'src/b.css': '.b { background: url(./a.jpg) }',
        'src/main.js': "import './a.css'\nimport './b.css'",
      }),
      { css: { transformer: 'lightningcss' } },
    )
    expect(warnings.filter((warning) => warning.includes("'lightningcss'"))).toHaveLength(1)
    expect(await text('.css')).toMatch(/url\([^)]+\.jpg\)/)
  })

  test('makes a changed picture anew under build.watch, also one of a stylesheet or a page', async () => {
    const root = await writeFixture(
      app({
        'src/a.jpg': photo,
        'src/b.jpg': photo,
        'src/c.jpg': photo,
        'index.html':
          '<!doctype html><html lang="en"><body><img src="/src/c.jpg" alt=""><script type="module" src="/src/main.js"></script></body></html>',
        'src/main.css': '.a { background: url(./b.jpg) }',
        'src/main.js': "import './main.css'\nimport a from './a.jpg?picture'\nconsole.log(a)",
      }),
    )
    let closed = 0
    const plugins = images(fast)
    const config = { build: { watch: {} } }
    const { output } = await runBuild({ vite, root, plugins: [plugins, closesLast(() => void closed++)], config })
    const watcher = output as Rollup.RollupWatcher
    try {
      const patience = { timeout: 15_000, interval: 100 }
      const eventually = (extension: string, text: RegExp): Promise<void> =>
        // Files go away while they are read.
        vi.waitFor(
          async () => expect(await (await outputIn(join(root, 'dist'))).text(extension)).toMatch(text),
          patience,
        )
      // What is read while it is written is a damaged file, and a change during a build may be missed: so it is written again.
      const change = async (file: string, extension: string, text: RegExp): Promise<void> => {
        await writeFiles(root, { [file]: other })
        await eventually(extension, text).catch(async () => {
          await writeFiles(root, { [file]: other })
          await eventually(extension, text)
        })
      }
      await vi.waitFor(() => expect(closed).toBe(1), patience)
      await eventually('.css', /b-480/)
      await change('src/a.jpg', '.js', /width:320,height:256/)
      await vi.waitFor(() => expect(closed).toBeGreaterThan(1), patience)
      expect(reportOf(plugins).unused).toEqual([])
      const builds = closed
      await change('src/b.jpg', '.css', /b-400/)
      await vi.waitFor(() => expect(closed).toBeGreaterThan(builds), patience)
      // Under the name of the other one: the two are the same by now.
      await change('src/c.jpg', '.html', /[bc]-400-/)
    } finally {
      await watcher.close()
    }
  })
})
