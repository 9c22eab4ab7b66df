import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import { runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import type { Rollup } from 'vite'
import { describe, expect, test } from 'vitest'
import { chunks, type ChunksOptions } from './index.ts'
import { runPage } from './testing/run-output.ts'

/** The library reads, when it runs, what the app has set before; a lazy page needs the library, too. */
const files: FixtureFiles = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js':
    "import './setup.js'\nimport { client } from 'client'\nran.push(`main ${client()}`)\nimport('./page.js')",
  'src/setup.js': "globalThis.CLIENT_URL = '/api'\nran.push('setup')",
  'src/page.js': "import { client } from 'client'\nran.push(`page ${client()}`)",
  'node_modules/client/package.json': '{"name":"client","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/client/index.js':
    'const url = globalThis.CLIENT_URL\nran.push(`client ${url}`)\nexport const client = () => url',
}
const RUNS = ['setup', 'client /api', 'main /api', 'page /api']

describe.each(viteVersions)('a library that runs after the setup of the app, on Vite %d', (vite) => {
  const built = async (options: ChunksOptions, output: Rollup.OutputOptions = {}): Promise<unknown[]> => {
    const root = await writeFixture(files)
    await runBuild({ vite, root, plugins: chunks(options), config: { build: { rollupOptions: { output } } } })
    return runPage(join(root, 'dist'), 'index.html')
  }

  test.each<ChunksOptions>([
    { strategy: 'default' },
    { strategy: 'planned' },
    { strategy: 'planned', groups: { vendor: 'node_modules' } },
    { strategy: 'vendor' },
  ])('runs after it with %j', async (options) => {
    expect(await built(options)).toEqual(RUNS)
  })

  test('is reported when a group made by hand runs it first', async () => {
    const output = { manualChunks: (id: string) => (id.includes('node_modules') ? 'vendor' : undefined) }
    const failed = await built({ strategy: 'default' }, output).catch((error: unknown) => errorCodes(error))
    expect(failed).toContain('PACELINE_ORDER_CHANGED')
  })
})
