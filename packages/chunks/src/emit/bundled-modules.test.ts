import { join } from 'node:path'
import { readReport, type BuildReport } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { describe, expect, test } from 'vitest'
import { chunks } from '../plugin.ts'
import type { ChunksOptions } from '../resolve-options.ts'

const part = (name: string): FixtureFiles => ({
  [`node_modules/parts/${name}.js`]: `import { register } from './register.js'\nimport { raw } from './raw-${name}.js'\nexport const ${name} = register(raw)`,
  [`node_modules/parts/raw-${name}.js`]: `export const raw = { name: 'the ${name} of a library of parts' }`,
})

/** As component libraries are written: a list of parts, each registered where it is made, and all of them in the default export. */
const files: FixtureFiles = {
  'index.html': '<!doctype html><script type="module" src="/src/main.js"></script>',
  'src/main.js': "import './app.js'\nimport('./lazy.js')",
  'src/app.js': "import { button } from 'parts'\ndocument.title = button.name + button.install",
  'src/lazy.js': "import { button } from 'parts'\ndocument.body.title = button.name",
  'node_modules/parts/package.json': '{"name":"parts","version":"1.0.0","type":"module","sideEffects":["dist/*"]}',
  'node_modules/parts/index.js':
    "import { button } from './button.js'\nimport { calendar } from './calendar.js'\nimport all from './all.js'\nimport 'clock'\nexport const install = all.install\nexport { button, calendar, all as default }",
  'node_modules/parts/all.js':
    "import { button } from './button.js'\nimport { calendar } from './calendar.js'\nconst make = (list) => ({ install: (app) => list.forEach((one) => app.use(one)) })\nexport default make([button, calendar])",
  'node_modules/parts/register.js':
    'export const register = (raw, more) => {\n  raw.install = (app) => {\n    for (const one of [raw, ...Object.values(more ?? {})]) app.component(one.name, one)\n  }\n  if (more) for (const [name, one] of Object.entries(more)) raw[name] = one\n  return raw\n}',
  // A barrel that does nothing imports a package that does something.
  'node_modules/clock/package.json': '{"name":"clock","version":"1.0.0","type":"module"}',
  'node_modules/clock/index.js': "document.documentElement.title = 'the clock has started'",
  ...part('button'),
  ...part('calendar'),
}

describe.each(viteVersions)('what a plan places on Vite %d', (vite) => {
  const build = async (options: ChunksOptions): Promise<BuildReport> => {
    const root = await writeFixture(files)
    await runBuild({ vite, root, plugins: chunks(options), config: {} })
    return readReport(join(root, '.paceline/report.json'))
  }
  const written = ({ chunks: all }: BuildReport): string[] =>
    all
      .flatMap(({ modules }) => modules.flatMap(({ id, raw }) => (raw > 0 && id.includes('/') ? [id] : [])))
      .filter((id) => !id.startsWith('virtual:'))
      .sort()

  test('is what the bundler writes without one, and no part of a library that nobody asked for', async () => {
    const usual = written(await build({ strategy: 'default' }))
    expect(usual).toContain('node_modules/parts/button.js')
    expect(usual).not.toContain('node_modules/parts/calendar.js')
    // Asked for stable names: an app this small would else be left to the bundler.
    const planned = await build({ strategy: 'planned', stable: true })
    expect(written(planned)).toEqual(usual)
    const { rules, routes } = planned
    expect(rules.flatMap(({ violations }) => violations)).toEqual([])
    expect(routes[0]!.firstLoad.byKind.js!.requests).toBe(1)
  })
})
