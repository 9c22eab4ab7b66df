import { hash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, writeFiles, writeFixture } from '@paceline/testkit'
import type { Plugin } from 'vite'
import { afterEach, expect, test, vi } from 'vitest'
import type { ImagesReport } from './images-report.ts'
import { images } from './plugin.ts'
import { photograph } from './testing/photograph.ts'

interface Sections {
  readonly images: ImagesReport
  readonly cache: { readonly made: Readonly<Record<string, { readonly count: number }>> }
}

/** What a build says: which files its encoders were asked for, by kind, and what became of its pictures. */
async function buildIn(root: string): Promise<{ made: Record<string, number>; report: ImagesReport }> {
  const plugins = images({ widths: [160], quality: 50 })
  await runBuild({ vite: 8, root, plugins })
  const section = <Name extends keyof Sections>(plugin: string): Sections[Name] => {
    const { api } = plugins.find(({ name }) => name === plugin) as Plugin<{ reportSection(name: string): Sections }>
    const sections = api!.reportSection('client')
    return (plugin === 'paceline:images' ? sections.images : sections.cache) as Sections[Name]
  }
  const { made } = section<'cache'>('paceline:artifact-cache')
  return {
    made: Object.fromEntries(Object.entries(made).map(([kind, { count }]) => [kind, count])),
    report: section<'images'>('paceline:images'),
  }
}

afterEach(() => void vi.useRealTimers())

test('of one changed photograph the files are made anew, and no others; nothing where nothing changed', async () => {
  const root = await writeFixture({
    'package.json': '{ "name": "two", "type": "module" }',
    'index.html': '<!doctype html><html lang="en"><body><script type="module" src="/main.js"></script></body></html>',
    'main.js': "import a from './a.jpg?picture'\nimport b from './b.jpg?picture'\nconsole.log(a, b)",
    'a.jpg': await photograph(240, 160),
    'b.jpg': await photograph(200, 160),
  })
  const all = ['avif', 'webp', 'jpeg', 'placeholder', 'image-header']
  const each = (count: number): Record<string, number> => Object.fromEntries(all.map((kind) => [kind, count]))
  const { made, report } = await buildIn(root)
  expect(made).toEqual(each(2))
  expect((await buildIn(root)).made).toEqual({})
  await writeFiles(root, { 'b.jpg': await photograph(180, 160) })
  expect((await buildIn(root)).made).toEqual(each(1))

  // What placeholders cost is what of them stands in the bundle.
  const assets = join(root, 'dist/assets')
  const script = (await readdir(assets)).find((name) => name.endsWith('.js'))!
  const code = await readFile(join(assets, script), 'utf8')
  const placeholders = [...code.matchAll(/placeholder:["'`]([^"'`]+)/g)].map(([, text]) => text!.length)
  expect(placeholders).toHaveLength(2)
  expect(report.files.map(({ placeholder }) => placeholder)).toEqual(placeholders)
})

test('a photograph that nobody touched is known without reading it, and one that turns out to be another is read by the next build', async () => {
  const root = await writeFixture({
    'package.json': '{ "name": "untouched", "type": "module" }',
    'index.html': '<!doctype html><html lang="en"><body><script type="module" src="/main.js"></script></body></html>',
    'main.js': "import a from './a.jpg?picture'\nconsole.log(a)",
    'a.jpg': await photograph(240, 160),
  })
  // What was written a moment ago could be written again without looking any different.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  await buildIn(root)
  const noted = join(root, 'node_modules/.cache/paceline/inputs-v1')
  const [, text = ''] = (await readFile(noted, 'utf8')).split('\n')
  const digest = /[\da-f]{64}/.exec(text)![0]
  expect(digest).toBe(hash('sha256', await readFile(join(root, 'a.jpg')), 'hex'))
  expect((await buildIn(root)).made).toEqual({})

  const wrong = text.replace(digest, hash('sha256', 'another', 'hex'))
  await writeFile(noted, `${hash('sha256', wrong, 'hex')}\n${wrong}`)
  await expect(buildIn(root)).rejects.toThrow('`a.jpg` (used in `main.js`) changed while the build was at work on it')
  expect((await buildIn(root)).made).toEqual({})
})
