import { join } from 'node:path'
import { runBuild, viteVersions, writeFiles, writeFixture, type BuildLog, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { readPlan } from '../plan-file/plan-file.ts'
import { chunks } from '../plugin.ts'
import { runPage } from '../testing/run-output.ts'

const app: FixtureFiles = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js':
    "import { locale } from './locale.js'\nimport { tag } from './tag.js'\nran.push('main', locale, tag('m'))\nimport('./page.js')",
  'src/locale.js': "ran.push('locale')\nexport const locale = 'de'",
  'src/messages.js': "import { tag } from './tag.js'\nexport const locale = tag('de')",
  'src/tag.js': "export const tag = (name) => '<' + name + '>' + Math.hypot(3, 4)",
  'src/page.js': "import { tag } from './tag.js'\nran.push('page', tag('p'))",
}

const awaiting = "ran.push('locale')\nexport const { locale } = await import('./messages.js')"

describe.each(viteVersions)('a plan on Vite %d', (vite) => {
  test('is followed without a deadlock, when a module begins to await an import() of what needs its chunk', async () => {
    const root = await writeFixture(app)
    // Asked for stable names: an app this small would else be left to the bundler.
    const plugins = chunks({ strategy: 'planned', stable: true, drift: '900%' })
    const build = async (): Promise<BuildLog> => {
      return (await runBuild({ vite, root, plugins, config: { build: { target: 'esnext', chunkImportMap: false } } }))
        .log
    }
    await build()
    const plan = await readPlan(join(root, 'paceline.chunks.json'))
    expect(plan!.chunks.find(({ modules }) => modules.includes('src/locale.js'))?.modules).toContain('src/tag.js')
    await writeFiles(root, { 'src/locale.js': awaiting })
    await build()
    const ran = ['locale', 'main', '<de>5', '<m>5', 'page', '<p>5']
    expect(await runPage(join(root, 'dist'), 'index.html')).toEqual(ran)
  })
})
