import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, viteVersions, writeFiles, writeFixture } from '@paceline/testkit'
import type { Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { chunks } from './plugin.ts'
import { writePlan } from './plan-file/plan-file.ts'
import { aPlan } from './plan-file/testing/a-plan.ts'

const files = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js': "window.pages = [() => import('./a.js'), () => import('./b.js')]",
  'src/a.js': "import { x } from './x.js'\nexport const a = `a ${x()}`",
  'src/b.js': "import { y } from './y.js'\nexport const b = `b ${y()}`",
  'src/x.js': 'export const x = () => document.title',
  'src/y.js': 'export const y = () => document.body.title',
}
const plan = aPlan({
  data: { modules: ['src/x.js', 'src/y.js'], shared: 'pages' },
  a: { imports: ['data'], modules: ['src/a.js'] },
  b: { imports: ['data'], modules: ['src/b.js'] },
  main: { kind: 'entry', modules: ['index.html', 'src/main.js'] },
})

// Of what is for development a build for tests would leave everything.
beforeAll(() => void vi.stubEnv('NODE_ENV', 'production'))
afterAll(() => void vi.unstubAllEnvs())

describe.each(viteVersions)('a chunk that more load than need it, on Vite %d,', (vite) => {
  /** The chunk of `y.js`, with other code in front of it. */
  const chunkOf = async (code: string, more = {}): Promise<{ modules: string[]; warnings: readonly string[] }> => {
    const root = await writeFixture(files)
    await writePlan(join(root, 'paceline.chunks.json'), plan)
    await writeFiles(root, { 'src/y.js': `${code}\n${files['src/y.js']}`, ...more })
    const found: string[][] = []
    const reader = {
      name: 'reader',
      generateBundle(_options: unknown, bundle: Rollup.OutputBundle): void {
        for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') found.push([...chunk.moduleIds])
      },
    }
    const { log } = await runBuild({ vite, root, plugins: [chunks({ strategy: 'planned' }), reader] })
    expect(await readFile(join(root, 'paceline.chunks.json'), 'utf8')).toContain('"shared"')
    const modules = found.find((ids) => ids.some((id) => id.endsWith('/y.js'))) ?? []
    return {
      modules: modules
        .filter((id) => /[xy]\.js$/.test(id))
        .map((id) => id.slice(-4))
        .sort(),
      warnings: log.warn.filter((line) => line.includes('could not be followed')),
    }
  }

  test.each([
    '',
    "if (import.meta.env.DEV) console.debug('y')",
    "import.meta.env.DEV && console.debug('y')",
    "if (process.env.NODE_ENV !== 'production') console.debug('y')",
    'if (import.meta.hot) import.meta.hot.accept()',
    "const isDev = import.meta.env.MODE === 'development'\nif (isDev) document.y = 1",
    "import { debug } from './debug.js'\ndebug('y')",
    "import './named.css'",
  ])('stays as it is when one of its modules gains `%s`', async (code) => {
    const more = {
      'src/debug.js': 'export const debug = (text) => {\n  if (import.meta.env.DEV) console.debug(text)\n}',
      'src/named.css': '.named { color: red }',
    }
    expect(await chunkOf(code, more)).toEqual({ modules: ['x.js', 'y.js'], warnings: [] })
  })

  test.each(["console.debug('y')", "import './global.css'"])('lets go of a module that gains `%s`', async (code) => {
    const more = { 'src/global.css': 'body { color: red }' }
    expect(await chunkOf(code, more)).toMatchObject({ modules: ['y.js'], warnings: [expect.any(String)] })
  })
})
