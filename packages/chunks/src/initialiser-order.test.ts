import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runBuild, viteVersions, writeFiles, writeFixture } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks, type ChunksOptions } from './index.ts'
import { noise } from './testing/noise.ts'
import { runPage } from './testing/run-output.ts'
import { common, installed } from './verify/testing/chunked-app.ts'

/**
 * The second initialiser throws when the first has not run. With stable names the first is kept apart because of its `import()`, and what
 * is big and does not change with it goes below.
 */
const BIG = Array.from({ length: 24 }, (_, seed) => noise(seed)).join('')
const files = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js':
    "import { app, more } from './app.js'\nimport { auth } from './auth.js'\nimport { pages } from './pages.js'\nran.push(app, auth, pages.length)\nmore()",
  'src/app.js':
    "import { initialise } from 'fire'\nexport const app = initialise('one')\nexport const more = () => import('./more.js')",
  'src/auth.js': "import { getAuth } from 'fire'\nexport const auth = getAuth()",
  'src/pages.js': `import { auth } from './auth.js'\nexport const pages = auth + ${JSON.stringify(BIG)}`,
  'src/more.js': "import { pages } from './pages.js'\nran.push('more', pages.length)",
  ...installed(
    'fire',
    "const apps = []\nexport const initialise = (name) => (apps.push(name), name)\nexport const getAuth = () => {\n  if (apps.length === 0) throw new Error('initialise() has not been called')\n  return `auth of ${apps[0]}`\n}",
  ),
}
const commonJs = common(
  'fire',
  'const apps = []\nexports.initialise = (name) => (apps.push(name), name)\nexports.getAuth = () => `auth of ${apps[0].toString()}`',
)
/** The two as they were before they called anything. */
const idle = {
  'src/app.js': files['src/app.js'].replace("initialise('one')", "typeof initialise && 'one'"),
  'src/auth.js': files['src/auth.js'].replace('getAuth()', "typeof getAuth && 'auth of one'"),
}
const LENGTH = 'auth of one'.length + BIG.length
const RUNS = ['one', 'auth of one', LENGTH, 'more', LENGTH]

describe.each(viteVersions)('an initialiser that leans on an earlier one, on Vite %d', (vite) => {
  const built = async (root: string, options: ChunksOptions): Promise<unknown[]> => {
    // The map is for browsers.
    const config = { build: { chunkImportMap: false } }
    await runBuild({ vite, root, plugins: chunks({ strategy: 'planned', ...options }), config })
    return runPage(join(root, 'dist'), 'index.html')
  }

  test.each<ChunksOptions>([
    {},
    { stable: true },
    { stable: true, groups: { vendor: 'node_modules' } },
    { groups: { auth: ['src/auth.js'], vendor: 'node_modules' } },
  ])('runs after it with %j', async (options) => {
    expect(await built(await writeFixture(files), options)).toEqual(RUNS)
  })

  test('runs after it where the package is CommonJS', async () => {
    expect(await built(await writeFixture({ ...files, ...commonJs }), { stable: true })).toEqual(RUNS)
  })

  test.each([
    ['ES modules', {}],
    ['CommonJS', commonJs],
  ])('runs after it in a build that follows a plan from before it did, with a package of %s', async (_, installs) => {
    const root = await writeFixture({ ...files, ...installs, ...idle })
    expect(await built(root, { stable: true })).toEqual(RUNS)
    const plan = await readFile(join(root, 'paceline.chunks.json'), 'utf8')
    await writeFiles(root, { ...files, ...installs })
    expect(await built(root, { stable: true })).toEqual(RUNS)
    expect(await readFile(join(root, 'paceline.chunks.json'), 'utf8')).toBe(plan)
  })

  test('ends a build whose plan runs it first and is followed without a look at the order', async () => {
    const root = await writeFixture({ ...files, ...idle })
    await built(root, { stable: true })
    const plan = JSON.parse(await readFile(join(root, 'paceline.chunks.json'), 'utf8')) as object
    const unordered = JSON.stringify({ ...plan, unordered: true })
    await writeFiles(root, { ...files, 'paceline.chunks.json': unordered })
    const failure = built(root, { stable: true })
    await expect(failure).rejects.toThrow(/src\/auth\.js` runs before `src\/app\.js`.*Make it anew with/s)
  })

  test('only warns of a plan that runs it first because a group does', async () => {
    const root = await writeFixture({ ...files, ...idle })
    const options: ChunksOptions = { strategy: 'planned', groups: { auth: ['src/auth.js'] } }
    await runBuild({ vite, root, plugins: chunks(options) })
    await writeFiles(root, files)
    const { log } = await runBuild({ vite, root, plugins: chunks(options) })
    expect(log.warn.join('\n')).toMatch(/src\/auth\.js runs before src\/app\.js.*take the second out of its group/s)
  })
})
