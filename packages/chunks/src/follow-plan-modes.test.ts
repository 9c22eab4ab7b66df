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
  'src/flags.js':
    "export const isPaid = import.meta.env.VITE_PAID === 'yes'\nexport const config = { isPaid: !!import.meta.env.VITE_PAID }",
  'src/all.js': "export * from './flags.js'",
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

type Case = readonly [where: string, left: string]

const PAID = 'import.meta.env.VITE_PAID'

/** Rollup drops imports for constants of other modules and for properties, too. */
const rollup: readonly Case[] = [
  ['in what another module exports', "import { isPaid } from './flags.js'\nran.push(isPaid ? heavy() : icon())"],
  ['in what modules hand on', "import { isPaid } from './env.js'\nran.push(isPaid ? heavy() : icon())"],
  ['in what they hand on as a whole', "import { isPaid } from './all.js'\nran.push(isPaid ? heavy() : icon())"],
  ['in a namespace', "import * as flags from './flags.js'\nran.push(flags.isPaid ? heavy() : icon())"],
  ['in an object', `const config = { isPaid: !!${PAID} }\nran.push(config.isPaid ? heavy() : icon())`],
  ['in an object of another module', "import { config } from './flags.js'\nran.push(config.isPaid ? heavy() : icon())"],
]

/** Rolldown works out more in functions. */
const rolldown: readonly Case[] = [
  [
    'in a switch',
    `switch (${PAID}) {\n  case 'yes':\n    ran.push(heavy())\n    break\n  default:\n    ran.push(icon())\n}`,
  ],
  ['in a template', `ran.push(\`\${${PAID}}\` === 'yes' ? heavy() : icon())`],
  [
    'in a constant of a function',
    `function page() {\n  const paid = ${PAID}\n  return paid ? heavy() : icon()\n}\nran.push(page())`,
  ],
]

afterEach(() => vi.unstubAllEnvs())

describe.each(viteVersions)(
  'a plan is followed on Vite %d where the environment drops other code than where it was made',
  (vite) => {
    test.each<Case>([
      ['in a test', `ran.push(${PAID} === 'yes' ? heavy() : icon())`],
      [
        'in a constant for which a function ends early',
        `const paid = ${PAID}\nfunction page() {\n  if (!paid) return icon()\n  return heavy()\n}\nran.push(page())`,
      ],
      [
        'in a constant of that function',
        `function page() {\n  const paid = ${PAID}\n  if (!paid) return icon()\n  return heavy()\n}\nran.push(page())`,
      ],
      ['in a variable', `let paid = ${PAID}\nran.push(paid ? heavy() : icon())`],
      ['in a comparison with nothing', `ran.push(${PAID} == null ? icon() : heavy())`],
      ['in a default', `ran.push((${PAID} ?? 'no') === 'yes' ? heavy() : icon())`],
      ['in an order', `ran.push(${PAID} > 'a' ? heavy() : icon())`],
      ['in a choice', `const plan = ${PAID} ? 'a' : 'b'\nran.push(plan === 'a' ? heavy() : icon())`],
      ...(vite === 7 ? rollup : rolldown),
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
      vi.stubEnv('VITE_PAID', undefined)
      await build()
      expect(await runPage(join(root, 'dist'), 'index.html')).toEqual(['icon10', 'right', 'icon10', 'heavy5'])
    })
  },
)
