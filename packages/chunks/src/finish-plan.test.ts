import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFiles, writeFixture } from '@paceline/testkit'
import { expect, test } from 'vitest'
import { chunks } from './plugin.ts'
import { noise } from './testing/noise.ts'

const PAGES = ['a', 'b', 'c', 'd']

/** Pages, and a small module for each set of two or more of them. */
function appOf(pages: readonly string[], shared: readonly string[]): Record<string, string> {
  const page = (name: string): string => {
    const used = shared.filter((set) => set.includes(name))
    const imports = used.map((set) => `import { ${set} } from './shared/${set}.js'\n`)
    return `${imports.join('')}export const render = () => '${noise(name.charCodeAt(0))}'${used.map((set) => ` + ${set}(1)`).join('')}\n`
  }
  const lazy = pages.map((name) => `${name}: () => import('./${name}.js')`)
  return {
    'index.html': '<script type="module" src="/src/main.js"></script>',
    'src/main.js': `globalThis.show = { ${lazy.join(', ')} }\n`,
    ...Object.fromEntries(pages.map((name) => [`src/${name}.js`, page(name)])),
    ...Object.fromEntries(
      shared.map((set) => [`src/shared/${set}.js`, `export const ${set} = (x) => x + ${set.length} + Math.hypot(x)\n`]),
    ),
  }
}

test.each(viteVersions)(
  'warns when following a plan leads beyond a limit that the plan keeps on Vite %d',
  async (vite) => {
    const root = await writeFixture(appOf(PAGES.slice(1), []))
    const plugins = chunks({ strategy: 'planned', maxRouteRequests: 4, minChunkSize: 0, drift: '900%' })
    await runBuild({ vite, root, plugins })
    expect((await runBuild({ vite, root, plugins })).log.warn).toEqual([])
    await writeFiles(root, appOf(PAGES, ['ab', 'ac', 'ad', 'abc', 'abd', 'acd', 'bcd']))
    const { log } = await runBuild({ vite, root, plugins })
    const { routes } = await readReport(join(root, '.paceline/report.json'))
    const requests = routes.map(({ firstLoad }) => firstLoad.byKind.js!.requests)
    const most = Math.max(...requests)
    const others = requests.filter((count) => count > 4).length - 1
    expect(log.warn).toEqual([
      `\`paceline.chunks.json\` no longer keeps to \`chunks.maxRouteRequests\`; the first load of \`src/a.js\` makes ${most} requests for JS (4 are allowed, the plan does not know it; ${others} more are above it). Make it anew with \`paceline chunks plan\`.`,
    ])
  },
)
