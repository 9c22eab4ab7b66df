import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFiles, writeFixture, type BuildLog, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks } from '../../plugin.ts'
import type { ChunksOptions } from '../../resolve-options.ts'
import { runPage } from '../../testing/run-output.ts'

/** A package of icons as they are: a barrel without side effects and a file for each. */
function icons(names: readonly string[]): FixtureFiles {
  const icon = (name: string): [string, string] => [
    `node_modules/icons/${name}.js`,
    `const ${name} = () => 'icon ${name}'\nexport { ${name} as default }`,
  ]
  return {
    'node_modules/icons/package.json': '{"name":"icons","version":"1.0.0","type":"module","sideEffects":false}',
    'node_modules/icons/index.js': names.map((name) => `export { default as ${name} } from './${name}.js'`).join('\n'),
    ...Object.fromEntries(names.map(icon)),
  }
}

const settings = (icon: string, from = 'icons'): string =>
  `import { ${icon} } from '${from}'\nran.push('settings')\nexport const settings = () => ${icon}()`

const app: FixtureFiles = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js': "ran.push('main')\nawait import('./home.js')\nawait import('./chat.js')",
  'src/home.js': "import { settings } from './settings.js'\nran.push('home', settings())",
  'src/settings.js': settings('Gear'),
  'src/chat.js':
    "import { Bubble } from 'icons'\nimport { settings } from './settings.js'\nran.push('chat', Bubble(), settings())",
  ...icons(['Bubble', 'Gear', 'Unused']),
}

/** What an edit of one import would make a circle of, if it went unnoticed. */
const groups = {
  settings: ['src/settings.js', 'node_modules/icons/Gear.js'],
  chat: ['src/chat.js', 'node_modules/icons/Bubble.js'],
}

describe.each(viteVersions)('imports through barrels on Vite %d', (vite) => {
  const build = async (root: string, options: ChunksOptions = {}): Promise<BuildLog> => {
    const plugins = chunks({ strategy: 'planned', minChunkSize: 0, groups, drift: '900%', ...options })
    return (await runBuild({ vite, root, plugins, config: { build: { target: 'esnext' } } })).log
  }
  const chunkOf = async (root: string, module: string): Promise<string | undefined> => {
    const report = await readReport(join(root, '.paceline/report.json'))
    return report.chunks.find(({ modules }) => modules.some(({ id }) => id === module))?.name
  }

  test('moves an icon to those who need it now, when a file takes another one out of the same barrel', async () => {
    const root = await writeFixture(app)
    await build(root)
    expect(await chunkOf(root, 'node_modules/icons/Bubble.js')).toBe('chat')
    await writeFiles(root, { 'src/settings.js': settings('Bubble') })
    const { warn } = await build(root)
    expect(await chunkOf(root, 'node_modules/icons/Bubble.js')).toBe('settings')
    expect(warn.join('\n')).toMatch(
      /could not be followed where the sources have changed; icons\/Bubble\.js \(chat → settings\)/,
    )
    expect(await runPage(join(root, 'dist'), 'index.html')).toEqual([
      'main',
      'settings',
      'home',
      'icon Bubble',
      'chat',
      'icon Bubble',
      'icon Bubble',
    ])
  })

  test('leaves all where it was, when a new file takes of a barrel what its page has already', async () => {
    const root = await writeFixture(app)
    await build(root)
    await writeFiles(root, {
      'src/panel.js': "import { Gear } from 'icons'\nexport const panel = () => Gear()",
      'src/home.js': `${app['src/home.js'] as string}\nimport { panel } from './panel.js'\nran.push(panel())`,
    })
    const { warn } = await build(root)
    expect(warn).toEqual([])
    expect(await chunkOf(root, 'node_modules/icons/Bubble.js')).toBe('chat')
    expect(await chunkOf(root, 'src/panel.js')).toBe(await chunkOf(root, 'src/home.js'))
  })

  test('moves what only an unused function had used, when somebody calls it', async () => {
    const used = (body: string): FixtureFiles => ({
      'src/settings.js': `import { bubble } from './bubble.js'\nran.push('settings')\nconst call = () => bubble()\nexport const settings = () => ${body}\nexport const unused = () => call()`,
    })
    const root = await writeFixture({
      ...app,
      'src/bubble.js': "export const bubble = () => 'bubble ' + Math.PI",
      'src/chat.js':
        "import { bubble } from './bubble.js'\nimport { settings } from './settings.js'\nran.push('chat', bubble(), settings())",
      ...used("'plain'"),
    })
    const apart = { groups: { settings: ['src/settings.js'], chat: ['src/chat.js', 'src/bubble.js'] } }
    await build(root, apart)
    expect(await chunkOf(root, 'src/bubble.js')).toBe('chat')
    await writeFiles(root, used("'more ' + 'than'"))
    expect((await build(root, apart)).warn).toEqual([])
    await writeFiles(root, used('call()'))
    await build(root, apart)
    expect(await chunkOf(root, 'src/bubble.js')).toBe('settings')
    const bubble = `bubble ${Math.PI}`
    expect(await runPage(join(root, 'dist'), 'index.html')).toEqual([
      'main',
      'settings',
      'home',
      bubble,
      'chat',
      bubble,
      bubble,
    ])
  })

  test('asks for a new plan, when the finished chunks have a circle that nothing had shown', async () => {
    const root = await writeFixture(app)
    await build(root)
    const file = join(root, 'paceline.chunks.json')
    const plan = JSON.parse(await readFile(file, 'utf8')) as { chunks: Record<string, object> }
    // As if names told nothing here.
    plan.chunks['settings'] = { ...plan.chunks['settings'], mentions: { 'src/settings.js': ['chat'] } }
    await writeFiles(root, {
      'paceline.chunks.json': JSON.stringify(plan),
      'src/settings.js': settings('Bubble'),
    })
    await expect(build(root)).rejects.toThrow(
      /is a circle of chunks[^]*`paceline\.chunks\.json` does not fit the sources any more\. Make it anew with `paceline chunks plan`/,
    )
  })
})
