import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { vitals } from './plugin.ts'

const page = [
  'const h = (tag, props, ...children) => ({ tag, props, children })',
  'const Inner = () => <p>inner</p>',
  'export const Page = ({ items }) => (',
  '  <main className="page"><h1>Title</h1>{items.map((item) => <li key={item}>{item}</li>)}<Inner /></main>',
  ')',
  'console.log(JSON.stringify(Page({ items: [1] })))',
].join('\n')

const app = {
  ...smallApp,
  'src/page.jsx': `/** @jsxRuntime classic */\n/** @jsx h */\n${page}`,
  'src/main.js': `${smallApp['src/main.js']}\nimport './page.jsx'`,
}

async function emitted(vite: (typeof viteVersions)[number], components: boolean | 'dev'): Promise<string> {
  const root = await writeFixture(app)
  await runBuild({ vite, root, plugins: vitals({ components }), config: { build: { manifest: true, minify: false } } })
  const manifest = JSON.parse(await readFile(join(root, 'dist/.vite/manifest.json'), 'utf8')) as Record<
    string,
    { file: string }
  >
  return readFile(join(root, 'dist', manifest['index.html']!.file), 'utf8')
}

test.each(viteVersions)(
  'on Vite %d the outermost elements of components say their file, and others nothing',
  async (vite) => {
    const code = await emitted(vite, true)
    // <p> of Inner, <main> of Page, and <li>, which a function inside makes.
    expect(code.match(/"data-pc": "src\/page\.jsx"/g)).toHaveLength(3)
    expect(code).not.toMatch(/h\("h1", \{ "data-pc"/)
  },
)

test('builds have none of it unless they ask for it', async () => {
  expect(await emitted(8, 'dev')).not.toContain('data-pc"')
})
