import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import type { Plugin } from 'vite'
import { beforeAll, describe, expect, test } from 'vitest'
import { imageOf, photograph } from './encode/testing/pictures.ts'
import type { ImagesReport } from './images-report.ts'
import type { ImagesOptions } from './options.ts'
import { images } from './plugin.ts'

const fast: ImagesOptions = { widths: [60], quality: 50 }

let photo: Uint8Array
let tiff: Uint8Array
beforeAll(async () => {
  photo = await imageOf(photograph(120, 80)).jpeg().toBuffer()
  tiff = await imageOf(photograph(60, 40)).tiff().toBuffer()
})

const page = (body = ''): string =>
  `<!doctype html><html lang="en"><head><title>App</title></head><body>${body}<script type="module" src="/src/main.js"></script></body></html>`

/** Bytes: more than Node reads at once. */
const HUGE = 3_000_000_000

/** Holes take no space: a file that is dangerous to read, in no time. */
async function writeHoles(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'w')
  await handle.truncate(bytes)
  await handle.close()
}

describe.each(viteVersions)('bad files in apps on Vite %d', (vite) => {
  const plain = (): FixtureFiles => ({ 'index.html': page(), 'src/main.js': '', 'src/main.css': '' })
  const fails = async (files: FixtureFiles): Promise<unknown> =>
    runBuild({ vite, root: await writeFixture({ ...plain(), ...files }), plugins: images(fast) }).then(
      () => undefined,
      (error: unknown) => error,
    )

  test.each([
    ['picture.tiff', () => tiff, 'TIFF'],
    ['picture.heic', () => Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
    ['picture.jxl', () => Buffer.from([0xff, 0x0a, 0, 0]), 'JPEG XL'],
  ])('%s?picture is an error that names the file, its user and the format', async (name, bytes, format) => {
    const error = await fails({
      [`src/${name}`]: bytes(),
      'src/main.js': `import p from './${name}?picture'\nconsole.log(p)`,
    })
    expect(errorCodes(error)).toContain('PACELINE_IMAGE_UNSUPPORTED')
    expect((error as Error).message).toContain(`\`src/${name}\` (used in \`src/main.js\`)`)
    expect((error as Error).message).toContain(`received ${format}`)
  })

  test.each([
    ['an image', { 'index.html': page('<img src="./src/none.jpg" alt="">') }, 'index.html'],
    ['a srcset', { 'index.html': page('<img srcset="src/none.jpg 2x" alt="">') }, 'index.html'],
    [
      'a stylesheet',
      { 'src/main.css': '.a { background: url(none.jpg) }', 'src/main.js': "import './main.css'" },
      'src/main.css',
    ],
  ])('a missing picture of %s is an error that names the file and its user', async (_, files, importer) => {
    const error = await fails(files)
    expect(errorCodes(error)).toContain('PACELINE_IMAGE_MISSING')
    expect((error as Error).message).toContain(`\`src/none.jpg\` (used in \`${importer}\`) does not exist`)
  })

  test('a file over the limit is not read', async () => {
    const root = await writeFixture({ ...plain(), 'src/main.js': "import p from './huge.jpg?picture'\nconsole.log(p)" })
    await writeHoles(join(root, 'src/huge.jpg'), HUGE)
    const error: unknown = await runBuild({ vite, root, plugins: images(fast) }).catch((reason: unknown) => reason)
    expect(errorCodes(error)).toContain('PACELINE_IMAGE_TOO_MANY_BYTES')
    expect((error as Error).message).toContain('`src/huge.jpg` (used in `src/main.js`)')
  })

  test('pictures that are there only while the site is served stay alone', async () => {
    const body = [
      '/uploads/me.jpg',
      'https://example.com/none.jpg',
      '//example.com/none.jpg',
      'avatars/me',
      './{{ name }}.jpg',
      'public-one.jpg',
    ]
      .map((url) => `<img src="${url}" alt="">`)
      .join('')
    const root = await writeFixture({
      ...plain(),
      'index.html': page(`${body}<img vite-ignore src="./later.jpg" alt="">`),
      'public/public-one.jpg': photo,
      'node_modules/themed/package.json': '{ "name": "themed", "version": "1.0.0" }',
      'node_modules/themed/theme.css': '.a { background: url(./none.jpg) }',
      'src/main.css': '.a { background: url(/uploads/none.jpg) }',
      'src/main.js': "import './main.css'\nimport 'themed/theme.css'",
    })
    await expect(runBuild({ vite, root, plugins: images(fast) })).resolves.toBeDefined()
  })

  test('are served as they are, told once and counted when told to; none is read that is over the limit', async () => {
    const root = await writeFixture({
      'index.html': page('<img src="./src/none.jpg" alt=""><img src="./src/none.jpg" alt="">'),
      'src/cut.jpg': photo.slice(0, photo.byteLength / 2),
      'src/old.tiff': tiff,
      'src/good.jpg': photo,
      'src/main.js':
        "import a from './cut.jpg?picture'\nimport b from './old.tiff?picture'\nimport c from './good.jpg?picture'\nimport d from './huge.jpg?picture'\nconsole.log(a, b, c, d)",
    })
    await writeHoles(join(root, 'src/forgotten.jpg'), HUGE)
    await writeHoles(join(root, 'src/huge.jpg'), 1_000_000)
    const plugins = images({ ...fast, onError: 'warn', limits: { bytes: 900_000 } })
    const { log } = await runBuild({ vite, root, plugins })
    const { api } = plugins.find(({ name }) => name === 'paceline:images') as Plugin<{
      reportSection(name: string): { images: ImagesReport }
    }>
    const { files, unused } = api!.reportSection('client').images
    const problems = files.flatMap(({ file, problem }) => (problem === undefined ? [] : [[file, problem]]))
    expect(problems.map(([file]) => file)).toEqual(['src/cut.jpg', 'src/huge.jpg', 'src/none.jpg', 'src/old.tiff'])
    expect(problems[1]![1]).toContain('is larger than is safe to read; received 1 MB')
    for (const [, problem] of problems) expect(log.warn.filter((line) => line === problem)).toHaveLength(1)
    expect(unused).toEqual([{ file: 'src/forgotten.jpg', bytes: HUGE }])
    expect(log.info.join('\n')).toMatch(/images: 1 image, .* · 4 images left as they are · 1 image that nothing uses/)
  })
})
