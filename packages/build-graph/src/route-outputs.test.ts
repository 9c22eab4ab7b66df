import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, viteVersions, writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { buildGraph } from './plugin.ts'
import type { BuildReport } from './report.ts'

test.each(viteVersions)('routes load the chunks of the output that the page names, on Vite %i', async (vite) => {
  const root = await writeFixture({
    'index.html': '<!doctype html><title>Two outputs</title><script type="module" src="/src/main.js"></script>',
    'src/main.js': "const pages = [() => import('./about.js')]\nglobalThis.show = (index) => pages[index]()",
    'src/about.js': "export const about = 'about '.repeat(9)",
  })
  // As @vitejs/plugin-legacy does it: the chunks that browsers with modules load come last.
  const output = ['old', 'new'].map((name) => ({
    entryFileNames: `${name}/[name]-[hash].js`,
    chunkFileNames: `${name}/[name]-[hash].js`,
  }))
  await runBuild({ vite, root, plugins: [buildGraph()], config: { build: { rollupOptions: { output } } } })
  const { routes } = JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as BuildReport
  expect(await readFile(join(root, 'dist/index.html'), 'utf8')).toContain('/new/')
  const loads = routes.map(({ id, firstLoad }) => [id, firstLoad.files.map((file) => file.split(/[/-]/, 2).join('/'))])
  expect(loads).toEqual([
    ['/', ['new/index']],
    ['src/about.js', ['new/index', 'new/about']],
  ])
})
