import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { errorCodes } from '@paceline/kit'
import {
  closesLast,
  hashDirectory,
  runBuild,
  smallApp,
  viteVersions,
  writeFiles,
  writeFixture,
  type BuildLog,
  type FixtureFiles,
} from '@paceline/testkit'
import type { InlineConfig, Rollup } from 'vite'
import { describe, expect, test } from 'vitest'
import { readPlan, writePlan } from './plan-file/plan-file.ts'
import { chunks } from './plugin.ts'
import type { ChunksOptions } from './resolve-options.ts'
import { noise } from './testing/noise.ts'

const planFile = (root: string): string => join(root, 'paceline.chunks.json')
const reportOf = (root: string): Promise<BuildReport> => readReport(join(root, '.paceline/report.json'))

/** File → modules of the app and its packages in it. */
async function modulesByChunk(root: string): Promise<Record<string, string[]>> {
  const { chunks: all } = await reportOf(root)
  return Object.fromEntries(
    all
      .filter(({ kind }) => kind === 'js')
      .map(({ name, modules }) => [name, modules.map(({ id }) => id).filter((id) => !/^(?:\[|virtual:)/.test(id))]),
  )
}

describe.each(viteVersions)('chunks() on Vite %d', (vite) => {
  const build = async (root: string, options: ChunksOptions = {}, config: InlineConfig = {}): Promise<BuildLog> => {
    // Asked for stable names: an app this small would else be left to the bundler.
    const plugins = chunks({ strategy: 'planned', stable: true, minChunkSize: 0, ...options })
    return (await runBuild({ vite, root, plugins, config })).log
  }
  const codesOf = (promise: Promise<unknown>): Promise<string[]> =>
    promise.then(
      () => [],
      (error: unknown) => errorCodes(error).filter((code) => code.startsWith('PACELINE_')),
    )

  test('makes a plan once, says so, and expects of it what was measured', async () => {
    const root = await writeFixture(smallApp)
    const first = await build(root)
    expect(first.info.filter((line) => line.includes('`paceline.chunks.json` is new'))).toHaveLength(1)
    const plan = await readFile(planFile(root), 'utf8')
    const { routes } = await reportOf(root)
    for (const { id, firstLoad } of routes) {
      const { brotli: bytes, requests } = firstLoad.byKind.js!
      expect((JSON.parse(plan) as { routes: Record<string, unknown> }).routes[id]).toEqual({ bytes, requests })
    }
    const second = await build(root)
    expect(second.info.join('\n')).not.toContain('paceline.chunks.json')
    expect(second.warn).toEqual([])
    expect(await readFile(planFile(root), 'utf8')).toBe(plan)
  })

  test('warns with the figure and the command when a first load has outgrown the plan', async () => {
    const root = await writeFixture(smallApp)
    await build(root)
    const heavy = `export const heavy = ${JSON.stringify(Array.from({ length: 900 }, (_, i) => (i * 7919) % 65521))}`
    await writeFiles(root, {
      'src/heavy.js': heavy,
      'src/main.js': `import { heavy } from './heavy.js'\nconsole.log(heavy.length, heavy)\n${smallApp['src/main.js']}`,
    })
    const { warn } = await build(root)
    expect(warn).toHaveLength(1)
    expect(warn[0]).toMatch(/no longer fits the app.* \d+(?:\.\d)? % above its plan.*`paceline chunks plan`/)
    expect((await build(root, { drift: '900%' })).warn).toEqual([])
  })

  test('says which options are not those of the plan', async () => {
    const root = await writeFixture(smallApp)
    await build(root)
    const { warn } = await build(root, { returning: 0, maxInitialRequests: 4 })
    expect(warn.join('\n')).toMatch(/`chunks\.maxInitialRequests`, `chunks\.returning` have changed/)
  })

  test.each([
    ['no JSON', '{', 'PACELINE_PLAN_UNREADABLE'],
    ['an unresolved merge', '{\n<<<<<<< HEAD\n}', 'PACELINE_PLAN_CONFLICT'],
    ['another version', '{"version":99}', 'PACELINE_PLAN_VERSION'],
  ])('refuses a plan that is %s', async (_, text, code) => {
    const root = await writeFixture({ ...smallApp, 'paceline.chunks.json': text })
    expect(await codesOf(build(root))).toEqual([code])
    expect(await readFile(planFile(root), 'utf8')).toBe(text)
  })

  test('refuses the plan of another app', async () => {
    const other = await writeFixture({
      'index.html': '<script type="module" src="/app/start.js"></script>',
      'app/start.js': "console.log('x'); import('./page.js')",
      'app/page.js': 'console.log(2)',
    })
    await build(other)
    const root = await writeFixture({ ...smallApp, 'paceline.chunks.json': await readFile(planFile(other)) })
    expect(await codesOf(build(root))).toEqual(['PACELINE_PLAN_OTHER_APP'])
  })

  test('finds a place for a new module without a word', async () => {
    const root = await writeFixture(smallApp)
    await build(root)
    const plan = await readFile(planFile(root), 'utf8')
    await writeFiles(root, {
      'src/new.js': "export const added = () => 'added'",
      'src/lazy.js': `import { added } from './new.js'\nconsole.log(added())\n${smallApp['src/lazy.js']}`,
    })
    expect((await build(root, { drift: '900%' })).warn).toEqual([])
    const home = Object.entries(await modulesByChunk(root)).find(([, modules]) => modules.includes('src/new.js'))
    expect(home?.[1]).toContain('src/lazy.js')
    expect(await readFile(planFile(root), 'utf8')).toBe(plan)
  })

  test('makes the groups of the user exactly, under their names', async () => {
    const root = await writeFixture(smallApp)
    await build(root, { groups: { formatting: 'tiny-format' } })
    expect((await modulesByChunk(root))['formatting']).toEqual(['node_modules/tiny-format/index.js'])
  })

  test('puts the packages of the first load into one chunk with the strategy vendor', async () => {
    const root = await writeFixture(smallApp)
    await build(root, { strategy: 'vendor' })
    expect(Object.values(await modulesByChunk(root))).toContainEqual(['node_modules/tiny-format/index.js'])
  })

  test('names a group that matches nothing', async () => {
    const root = await writeFixture(smallApp)
    expect(await codesOf(build(root, { groups: { charts: 'tiny-formt' } }))).toEqual(['PACELINE_GROUP_NO_MATCH'])
    expect(existsSync(planFile(root))).toBe(false)
  })

  test('names a group that matches nothing any more in a build that follows a plan', async () => {
    const root = await writeFixture(smallApp)
    const groups = { formatting: ['tiny-format', 'src/greet.js'] }
    await build(root, { groups })
    const plan = await readFile(planFile(root), 'utf8')
    await writeFiles(root, { 'src/main.js': String(smallApp['src/main.js']).replace("'tiny-format'", "'./own.js'") })
    await writeFiles(root, { 'src/own.js': 'export const format = (text) => text.trim()' })
    const refused = build(root, { groups })
    await expect(refused).rejects.toThrow("`groups.formatting['tiny-format']` matches no module of the build")
    expect(await codesOf(refused)).toEqual(['PACELINE_GROUP_NO_MATCH'])
    expect(await readFile(planFile(root), 'utf8')).toBe(plan)
  })

  test.each([
    ['one is renamed', { format: 'tiny-format' }, '`format` is new, `formatting` is gone'],
    ['one has another pattern', { formatting: 'tiny-*' }, '`formatting` has other patterns'],
    ['there are none', {}, '`formatting` is gone'],
  ])('refuses a plan of other groups: %s', async (_, groups, changes) => {
    const root = await writeFixture(smallApp)
    await build(root, { groups: { formatting: 'tiny-format' } })
    const refused = build(root, { groups: groups as ChunksOptions['groups'] })
    await expect(refused).rejects.toThrow(
      `\`paceline.chunks.json\` was made for other groups than \`chunks.groups\`; ${changes}.`,
    )
    expect(await codesOf(refused)).toEqual(['PACELINE_GROUPS_CHANGED'])
  })

  test('refuses chunks that the config divides as well', async () => {
    const root = await writeFixture(smallApp)
    const output = { manualChunks: (id: string) => (id.includes('node_modules') ? 'vendor' : undefined) }
    const config = { build: { rollupOptions: { output: output as Rollup.OutputOptions } } }
    expect(await codesOf(build(root, {}, config))).toEqual(['PACELINE_CHUNKS_CONTRADICT'])
    // Without a plan they are the user's own business.
    expect(await codesOf(build(root, { strategy: 'default' }, config))).toEqual([])
  })

  test('keeps no plan of a build that fails', async () => {
    const root = await writeFixture(smallApp)
    const fails = { name: 'fails', writeBundle: () => Promise.reject(new Error('disk full')) }
    await expect(build(root, {}, { plugins: [fails] })).rejects.toThrow(/disk full/)
    expect(existsSync(planFile(root))).toBe(false)
  })

  test('follows a plan while watching, but makes none', async () => {
    const root = await writeFixture(smallApp)
    let close = (): void => {}
    const closed = new Promise<void>((done) => (close = done))
    const plugins = [chunks({ strategy: 'planned', minChunkSize: 0 }), closesLast(() => close())]
    const { output } = await runBuild({ vite, root, plugins, config: { build: { watch: {} } } })
    const watcher = output as Rollup.RollupWatcher
    await closed
    await watcher.close()
    expect(existsSync(join(root, 'dist/index.html'))).toBe(true)
    expect(existsSync(planFile(root))).toBe(false)
  })

  test('does nothing about a server build', async () => {
    const root = await writeFixture(smallApp)
    await build(root, {}, { build: { ssr: 'src/server.js' } })
    expect(existsSync(planFile(root))).toBe(false)
  })

  test('leaves the plan alone that is named', async () => {
    const root = await writeFixture(smallApp)
    await build(root, { plan: 'config/chunks.json' })
    expect(existsSync(join(root, 'config/chunks.json'))).toBe(true)
    await writeFile(planFile(root), 'not a plan')
    expect(await codesOf(build(root, { plan: 'config/chunks.json' }))).toEqual([])
  })
})

/** A lazy module that another imports statically: named, Rolldown gives it a namespace object, for which a file needs helpers. */
const lazyTwice: FixtureFiles = {
  'index.html': '<script type="module" src="/src/main.js"></script>',
  'src/main.js':
    "import { title } from './title.js'\ndocument.title = title()\nsetTimeout(() => import('./chat.js'))\nsetTimeout(() => import('./other.js'))",
  'src/title.js': `export const title = () => '${noise(1)}'`,
  'src/chat.js': `import { title } from './title.js'\nconsole.log('chat', title())\nexport const chat = () => '${noise(2)}'`,
  'src/other.js': `import { chat } from './chat.js'\nconsole.log('other', chat(), '${noise(3)}')`,
}

describe('an app that no plan makes better', () => {
  const build = async (root: string, options: ChunksOptions): Promise<BuildLog> =>
    (await runBuild({ vite: 8, root, plugins: chunks(options), config: { build: { target: 'esnext' } } })).log
  const loads = async (root: string) => (await reportOf(root)).routes.map(({ id, firstLoad }) => ({ id, firstLoad }))

  test("is left to the bundler's own chunks, with a remark, in the build that finds out and in later ones", async () => {
    const root = await writeFixture(lazyTwice)
    await build(root, { strategy: 'default' })
    const [files, usual] = [await hashDirectory(join(root, 'dist')), await loads(root)]
    const { warn, info } = await build(root, { strategy: 'planned' })
    expect(warn).toEqual([expect.stringMatching(/bundler's own chunks are kept; .* would have cost `src\/\w+\.js` /)])
    expect(info.join('\n')).toContain("is new: the bundler's own chunks; a first load has")
    expect(await hashDirectory(join(root, 'dist'))).toEqual(files)
    const plan = (await readPlan(planFile(root)))!
    expect([plan.bundler, plan.chunks]).toEqual([true, []])
    expect(plan.routes).toEqual(
      Object.fromEntries(
        usual.map(({ id, firstLoad: { byKind } }) => [id, { bytes: byKind.js!.brotli, requests: byKind.js!.requests }]),
      ),
    )
    expect((await build(root, { strategy: 'planned' })).warn).toEqual([])
    expect(await hashDirectory(join(root, 'dist'))).toEqual(files)
  })

  test('refuses the plan of another such app, which names no files', async () => {
    const root = await writeFixture(lazyTwice)
    await build(root, { strategy: 'planned' })
    const plan = (await readPlan(planFile(root)))!
    const routes = { '/': { bytes: 1, requests: 1 }, '/shop': { bytes: 1, requests: 1 } }
    await writePlan(planFile(root), { ...plan, app: 'shop', routes })
    const error: unknown = await build(root, { strategy: 'planned' }).catch((cause: unknown) => cause)
    expect(errorCodes(error)).toContain('PACELINE_PLAN_OTHER_APP')
    expect((error as Error).message).toContain("received the one of 'shop', and 1 of its 2 routes exist here")
  })

  test('is planned when somebody asks for stable names', async () => {
    const root = await writeFixture(lazyTwice)
    await build(root, { strategy: 'planned', stable: true })
    expect((await readPlan(planFile(root)))!.chunks).not.toEqual([])
  })
})

test.each([
  ['an unknown strategy', { strategy: 'best' }, /`chunks\.strategy`/],
  ['a share above one', { returning: 2 }, /`chunks\.returning` must be from 0 to 1/],
  ['a size that is none', { minChunkSize: 'big' }, /`chunks\.minChunkSize` is not a size/],
  ['a drift that is none', { drift: 'a lot' }, /`chunks\.drift` is no percentage/],
  ['an unknown option', { strateg: 'planned' }, /Did you mean `strategy`/],
])('refuses %s at once', (_, options, message) => {
  expect(() => chunks(options as ChunksOptions)).toThrow(message)
})
