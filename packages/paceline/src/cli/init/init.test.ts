import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorCodes } from '@paceline/kit'
import { commitAll, hashDirectory, viteBin, writeFiles, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { runIn } from '../testing/fake-io.ts'
import { run } from '../run.ts'
import { applyChanges } from './apply.ts'
import { configFixtures } from './testing/config-fixtures.ts'
import { manifest, pluginFixtures } from './testing/plugin-fixtures.ts'
import { pwaFixtures } from './testing/pwa-fixtures.ts'

const fixtures = { ...pluginFixtures, ...pwaFixtures, ...configFixtures }

/** Makes an app under version control, which leaves out what Paceline writes unless it says otherwise. */
async function writeRepository(files: FixtureFiles): Promise<string> {
  const root = await writeFixture({ '.gitignore': 'node_modules/\n.paceline/\n', ...files })
  await commitAll(root)
  return root
}

/** All files but those of git. */
async function contentOf(root: string): Promise<Record<string, string>> {
  const all = Object.entries(await hashDirectory(root))
  return Object.fromEntries(all.filter(([file]) => !file.startsWith('.git/')))
}

interface Json {
  readonly written: boolean
  readonly patch: string
  readonly left: readonly { readonly tool: string; readonly at: string; readonly text: string }[]
  readonly without: readonly { readonly subject: string }[]
}

async function runJson(root: string, ...args: readonly string[]): Promise<Json> {
  return JSON.parse((await runIn(root, 'init', '--json', ...args)).out) as Json
}

describe.each(Object.entries(fixtures))('%s', (name, files) => {
  it('is told as it was before', async () => {
    const root = await writeRepository(files)
    const { code, out, err } = await runIn(root, 'init', '--dry-run')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`./testing/snapshots/${name.replaceAll(/\W+/g, '-').toLowerCase()}.txt`)
  })

  it('is written as it is printed, and has nothing to do afterwards', async () => {
    const printed = await writeRepository(files)
    const { patch } = await runJson(printed, '--dry-run')
    expect(await contentOf(printed)).toEqual(await contentOf(await writeRepository(files)))
    execFileSync('git', ['-C', printed, 'apply', '--whitespace=nowarn', '-'], { input: patch })

    const written = await writeRepository(files)
    expect(await runJson(written, '--yes')).toMatchObject({ written: true, patch })
    const content = await contentOf(written)
    expect(content).toEqual(await contentOf(printed))

    const again = await runIn(written, 'init', '--yes')
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(again.out).toMatch(/^There is nothing to do/)
    expect(await contentOf(written)).toEqual(content)
  })
})

/** Builds the app as its user would, with what it needs in `node_modules`. */
async function build(root: string, vite: 7 | 8, ...packages: readonly string[]): Promise<void> {
  await mkdir(join(root, 'node_modules/@vitejs'), { recursive: true })
  const modules = fileURLToPath(new URL('../../../../../node_modules', import.meta.url))
  const links = ['paceline', ...packages].map((name) => [name, join(modules, name)] as const)
  for (const [name, target] of [...links, ['vite', dirname(dirname(viteBin(vite)))] as const]) {
    await symlink(target, join(root, 'node_modules', name))
  }
  execFileSync(process.execPath, [viteBin(vite), 'build'], { cwd: root, stdio: 'pipe' })
}

const page: FixtureFiles = {
  'index.html':
    '<!doctype html><html lang="en"><title>Shop</title><script type="module" src="/src/main.js"></script></html>',
  'src/main.js': `document.title = '${'a shop '.repeat(400)}'\n`,
}

describe.each([7, 8] as const)('what was moved builds on Vite %d', (vite) => {
  it('with siblings of the algorithms that were asked for', async () => {
    const root = await writeRepository({
      ...page,
      ...pluginFixtures['vite-plugin-compression2 and a visualizer of the bundler'],
    })
    expect((await runIn(root, 'init', '--yes')).code).toBe(0)
    await build(root, vite)
    const files = Object.keys(await hashDirectory(join(root, 'dist')))
    expect(files.filter((file) => file.endsWith('.js.gz') || file.endsWith('.js.br'))).toHaveLength(2)
    expect(files.filter((file) => file.endsWith('.zst'))).toEqual([])
    expect(await readFile(join(root, '.paceline/report.json'), 'utf8')).toContain('"release"')
  })

  it('with a worker, its manifest and its routes', async () => {
    const root = await writeRepository({ ...page, ...pwaFixtures['a PWA with everything'] })
    expect((await runIn(root, 'init', '--yes')).code).toBe(0)
    await build(root, vite, '@vitejs/plugin-react', 'sharp')
    const web = JSON.parse(await readFile(join(root, 'dist/manifest.webmanifest'), 'utf8')) as object
    expect(web).toMatchObject({
      name: 'Farm shop',
      short_name: "Zoë's",
      theme_color: '#0a6640',
      background_color: 'white',
      shortcuts: [{ name: 'Basket', url: './basket' }],
    })
    const files = await hashDirectory(join(root, 'dist'))
    const scripts = Object.keys(files).filter((file) => file.endsWith('.js') && file.startsWith('sw'))
    const worker = await Promise.all(scripts.map((file) => readFile(join(root, 'dist', file), 'utf8')))
    expect(worker.join('\n')).toContain('/api/prices')
    expect(worker.join('\n')).toContain('broadcastUpdate')
  })

  it('with limits that hold and limits that do not', async () => {
    const files = configFixtures['size-limit in JavaScript, bundlewatch in package.json']!
    const root = await writeRepository({
      ...page,
      ...files,
      'src/main.js': "import './a.css'\ndocument.title = 'a'\n",
      'src/a.css': 'a { color: red }',
    })
    expect((await runIn(root, 'init', '--yes')).code).toBe(0)
    await build(root, vite)
    const { code, out } = await runIn(root, 'check')
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('hold') as string })
    const limits = await readFile(join(root, '.size-limit.json'), 'utf8')
    await writeFile(join(root, '.size-limit.json'), limits.replace('150 kB', '10 B'))
    expect((await runIn(root, 'check')).code).toBe(1)
  })
})

describe('what cannot be read', () => {
  const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
    'a config that is merged': [
      "import { mergeConfig } from 'vite'\nimport base from './base'\n\nexport default mergeConfig(base, { plugins: [] })\n",
      /`vite\.config\.ts:4` makes the config with `mergeConfig\(\)`/,
    ],
    'a config by condition': [
      'const is = process.env.CI\nexport default is ? { plugins: [] } : {}\n',
      /`vite\.config\.ts:2` exports one config or another, by a condition/,
    ],
    'a function that returns one or the other': [
      'export default ({ command }) => {\n  if (command === "serve") return {}\n  return { plugins: [] }\n}\n',
      /`vite\.config\.ts:1` exports a function with 2 `return` statements/,
    ],
    'plugins of another file': [
      "import { plugins } from './plugins'\nexport default { plugins }\n",
      /`vite\.config\.ts:2` takes its plugins from `plugins`/,
    ],
    'options that are spread, and may have plugins': [
      "import base from './base'\nexport default { ...base, server: {} }\n",
      /`vite\.config\.ts:2` has no `plugins` of its own, but spreads `base`/,
    ],
    'no export': ['console.log(1)\n', /`vite\.config\.ts:1` has no `export default`/],
    'broken code': ['export default {\n  plugins: [\n', /`vite\.config\.ts:3` cannot be parsed/],
  }

  it.each(Object.entries(refused))('%s: says what and where, and changes nothing', async (_, [config, message]) => {
    const root = await writeRepository({ 'package.json': manifest(['size-limit']), 'vite.config.ts': config })
    const before = await contentOf(root)
    const { code, out, err } = await runIn(root, 'init', '--yes')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).toMatch(/\(PACELINE_INIT_\w+\)/)
    expect(await contentOf(root)).toEqual(before)
  })

  it('an app without a Vite config: says which framework has it', async () => {
    const root = await writeFixture({ 'package.json': manifest([]), 'astro.config.mjs': 'export default {}\n' })
    const { code, err } = await runIn(root, 'init', '--yes')
    expect(code).toBe(2)
    expect(err).toContain('`astro.config.mjs` is there: add `paceline()` to `vite.plugins` in it')
  })

  it('a version of Vite that is too old', async () => {
    const root = await writeFixture({
      'package.json': manifest([]),
      'vite.config.js': 'export default {}\n',
      'node_modules/vite/package.json': '{"name":"vite","version":"5.4.21"}',
    })
    const { code, err } = await runIn(root, 'init', '--yes')
    expect(code).toBe(2)
    expect(err).toContain('Paceline needs Vite 7 or 8; this app has 5.4.21.')
  })

  it('options of `paceline()` that are there: leaves them, and the plugin that would add to them', async () => {
    const config =
      "import { paceline } from 'paceline'\nimport { visualizer } from 'rollup-plugin-visualizer'\nexport default { plugins: [visualizer(), paceline({ compress: false })] }\n"
    const root = await writeRepository({ 'package.json': manifest(['paceline']), 'vite.config.js': config })
    const { code, out } = await runIn(root, 'init', '--yes')
    expect(code).toBe(0)
    expect(out).toMatch(/^There is nothing to do/)
    expect(out).toMatch(/vite\.config\.js:3 {2}visualizer {2}`paceline\(\)` has options already/)
  })
})

describe('asking', () => {
  const files = pluginFixtures['none of the tools']!
  const answer = async (root: string, confirm?: () => Promise<boolean>): Promise<{ code: number; out: string }> => {
    let out = ''
    const io = { cwd: root, color: false, columns: 80, out: (text: string) => void (out += text), err: () => {} }
    const code = await run(['init'], { ...io, open: async () => {}, ...(confirm && { confirm }) })
    return { code, out }
  }

  it('writes on yes, and nothing on no', async () => {
    const root = await writeRepository(files)
    const before = await contentOf(root)
    expect(await answer(root, async () => false)).toMatchObject({ code: 1 })
    expect(await contentOf(root)).toEqual(before)
    const { code, out } = await answer(root, async () => true)
    expect(code).toBe(0)
    expect(out).toContain('+++ b/vite.config.js')
    expect(out).toMatch(/Wrote vite\.config\.js, package\.json\.\nNext: `npm install`, then `npm run build`/)
    expect(await readFile(join(root, 'vite.config.js'), 'utf8')).toContain('plugins: [react(), paceline()],')
  })

  it('writes nothing where nobody can be asked', async () => {
    const root = await writeRepository(files)
    const before = await contentOf(root)
    const { code, out } = await answer(root)
    expect(code).toBe(2)
    expect(out).toContain('Write it with `paceline init --yes`.')
    expect(await contentOf(root)).toEqual(before)
  })

  it('says that changes are not committed, or that there is no repository', async () => {
    const root = await writeRepository(files)
    await writeFiles(root, { 'src/new.js': '' })
    expect((await runIn(root, 'init', '--yes')).err).toContain('has changes that are not committed')
    const bare = await writeFixture(files)
    expect((await runIn(bare, 'init', '--yes')).err).toContain('This is no git repository')
  })
})

describe('writing', () => {
  const codes = async (work: Promise<void>): Promise<readonly string[]> =>
    work.then(
      () => [],
      (error: unknown) => errorCodes(error),
    )

  it('puts everything back when one file cannot be written', async () => {
    const root = await writeFixture({ a: '1', b: '2' })
    const changes = [
      { file: 'a', before: '1', after: '3' },
      { file: 'new', before: undefined, after: '4' },
      { file: 'b', before: '2', after: undefined },
      // Gone by the time it is its turn.
      { file: 'b', before: '2', after: undefined },
    ]
    expect(await codes(applyChanges(root, changes))).toContain('PACELINE_INIT_UNWRITABLE')
    expect(await contentOf(root)).toEqual(await contentOf(await writeFixture({ a: '1', b: '2' })))
  })

  it('writes nothing when a file was changed in between', async () => {
    const root = await writeFixture({ a: '1', b: '2' })
    await rm(join(root, 'b'))
    const changes = [
      { file: 'a', before: '1', after: '3' },
      { file: 'b', before: '2', after: '4' },
    ]
    expect(await codes(applyChanges(root, changes))).toContain('PACELINE_INIT_CHANGED')
    expect(await readFile(join(root, 'a'), 'utf8')).toBe('1')
  })
})
