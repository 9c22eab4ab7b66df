import { join } from 'node:path'
import { runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks } from '../plugin.ts'
import { runPage } from '../testing/run-output.ts'
import { inInputOrder } from './input-order.ts'

test.each([
  [undefined, ['/app/b.html', '/app/a.html', '/app/x.js']],
  ['a.html', ['/app/a.html', '/app/b.html', '/app/x.js']],
  [{ first: '/app/x.js', second: './a.html' }, ['/app/x.js', '/app/a.html', '/app/b.html']],
  [
    ['a.html', 'virtual:none', 'b.html'],
    ['/app/a.html', '/app/b.html', '/app/x.js'],
  ],
])('with %j for inputs the order is %j', (input, expected) => {
  const build = { rollupOptions: { input } } as Parameters<typeof inInputOrder>[1]
  const modules = ['/app/b.html', '/app/a.html', '/app/x.js'].map((id) => ({ id }))
  expect(inInputOrder(modules, build, '/app').map(({ id }) => id)).toEqual(expected)
})

const page = (script: string): string => `<!doctype html><script type="module" src="${script}"></script>`
const PAGES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
const imports = (one: string, other: string): string => `import './${one}.js'\nimport './${other}.js'\n`

/** Pages that want the same modules, every second one in the other order. */
const files: FixtureFiles = {
  ...Object.fromEntries(PAGES.map((name) => [`${name}.html`, page(`/src/${name}.js`)])),
  ...Object.fromEntries(
    PAGES.map((name, at) => [
      `src/${name}.js`,
      `${at % 2 === 0 ? imports('left', 'right') : imports('right', 'left')}ran.push('${name}')`,
    ]),
  ),
  'src/left.js': "ran.push('left')",
  'src/right.js': "ran.push('right')",
}

describe.each(viteVersions)('pages that want modules in different orders on Vite %d', (vite) => {
  test.each([PAGES, PAGES.toReversed()])('run as in the default build, input %s first', async (...pages) => {
    const root = await writeFixture(files)
    const input = Object.fromEntries(pages.map((name) => [name, join(root, `${name}.html`)]))
    // Without an import map, which Node does not know. Asked for stable names, or pages this small would be left to the bundler.
    const config = (outDir: string): object => ({ build: { outDir, rollupOptions: { input }, chunkImportMap: false } })
    await runBuild({ vite, root, plugins: [], config: config('usual') })
    await runBuild({ vite, root, plugins: chunks({ strategy: 'planned', stable: true }), config: config('dist') })
    for (const name of PAGES) {
      const ran = await runPage(join(root, 'dist'), `${name}.html`)
      expect(ran).toEqual(await runPage(join(root, 'usual'), `${name}.html`))
    }
  })
})
