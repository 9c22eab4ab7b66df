import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { loadVite, runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import type { InlineConfig } from 'vite'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { analyseLiveGraph } from './analysis/analyse-live-graph.ts'
import { writePlan } from './plan-file/plan-file.ts'
import type { StoredPlan } from './plan-file/stored-plan.ts'
import { aPlan } from './plan-file/testing/a-plan.ts'
import { chunks } from './plugin.ts'
import { runPage } from './testing/run-output.ts'

/** A page that has an icon or something heavy, as the environment decides, and another one behind it that has both. */
const app = (left: string): FixtureFiles => ({
  'package.json': '{"name":"app","private":true,"type":"module"}',
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js': "import('./left.js')",
  'src/flags.js': "export const isPaid = import.meta.env.VITE_PAID === 'yes'",
  'src/env.js': "export { isPaid } from './flags.js'",
  'src/left.js': `import { heavy } from './heavy.js'\nimport { icon } from './icon.js'\n${left}\nimport('./right.js')`,
  'src/right.js':
    "import { heavy } from './heavy.js'\nimport { icon } from './icon.js'\nran.push('right', icon(), heavy())",
  'src/heavy.js': "export const heavy = () => 'heavy' + Math.hypot(3, 4)",
  'src/icon.js': "export const icon = () => 'icon' + Math.hypot(6, 8)",
})

/** Made where it is paid for: there the left page has no icon. */
const plan = (basis: string): StoredPlan =>
  aPlan({
    main: { kind: 'entry', modules: ['src/main.js'] },
    left: {
      modules: ['src/left.js', 'src/heavy.js'],
      mentions: { 'src/left.js': ['right'] },
      basis: { 'src/left.js': basis },
    },
    right: { modules: ['src/right.js', 'src/icon.js'], imports: ['left'] },
  })

/** Rolldown drops imports for constants of the same module alone. */
const elsewhere: readonly (readonly [where: string, left: string])[] = [
  ['in what another module exports', "import { isPaid } from './flags.js'\nran.push(isPaid ? heavy() : icon())"],
  ['in what modules hand on', "import { isPaid } from './env.js'\nran.push(isPaid ? heavy() : icon())"],
]

afterEach(() => vi.unstubAllEnvs())

describe.each(viteVersions)(
  'a plan is followed on Vite %d where the environment drops other code than where it was made',
  (vite) => {
    test.each<readonly [where: string, left: string]>([
      ['in a test', "ran.push(import.meta.env.VITE_PAID === 'yes' ? heavy() : icon())"],
      [
        'in a constant for which a function ends early',
        'const paid = import.meta.env.VITE_PAID\nfunction page() {\n  if (!paid) return icon()\n  return heavy()\n}\nran.push(page())',
      ],
      ...(vite === 7 ? elsewhere : []),
    ])('%s', async (_, left) => {
      const root = await writeFixture(app(left))
      vi.stubEnv('VITE_PAID', 'yes')
      const config: InlineConfig = { build: { target: 'esnext', chunkImportMap: false, minify: false } }
      const { linkedFor, modules } = await analyseLiveGraph({
        vite: await loadVite(vite),
        config: { ...config, root, configFile: false },
      })
      const { id } = modules.find(({ key }) => key === 'src/left.js')!
      await writePlan(join(root, 'paceline.chunks.json'), plan(linkedFor(new Set(['src/left.js'])).basisOf(id)))
      const build = async (): Promise<string[][]> => {
        const plugins = chunks({ strategy: 'planned', stable: true, minChunkSize: 0, drift: '900%' })
        await runBuild({ vite, root, plugins, config })
        const report = await readReport(join(root, '.paceline/report.json'))
        const js = report.chunks.filter(({ kind }) => kind === 'js')
        return js.map((chunk) =>
          chunk.modules
            .map((module) => module.id)
            .filter((one) => one.startsWith('src/'))
            .sort(),
        )
      }
      expect(await build()).toContainEqual(['src/heavy.js', 'src/left.js'])
      expect(await runPage(join(root, 'dist'), 'index.html')).toEqual(['heavy5', 'right', 'icon10', 'heavy5'])
      vi.stubEnv('VITE_PAID', '')
      await build()
      expect(await runPage(join(root, 'dist'), 'index.html')).toEqual(['icon10', 'right', 'icon10', 'heavy5'])
    })
  },
)
