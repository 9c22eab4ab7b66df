import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, reportFile } from '@paceline/build-graph'
import { closesLast, runBuild, viteVersions, writeFixture } from '@paceline/testkit'
import type { Rollup } from 'vite'
import { expect, test, vi } from 'vitest'
import { chunks } from '../plugin.ts'

const main = (...imports: readonly string[]): string =>
  [
    ...imports.map((name) => `import ${name} from 'node:${name}'`),
    `console.log(Math.random(), ${imports.map((name) => `${name}.anything()`).join(', ')})`,
  ].join('\n')

test.each(viteVersions)(
  'a built-in module that is no longer imported is told no more while watching, Vite %d',
  async (vite) => {
    const root = await writeFixture({
      'package.json': '{"name":"app","private":true}',
      'index.html': '<script type="module" src="/src/main.js"></script>',
      'src/main.js': main('fs', 'path'),
    })
    let closed = 0
    const told = async (): Promise<(string | undefined)[]> => {
      const { rules } = await readReport(reportFile(join(root, '.paceline'), 'client'))
      const { violations } = rules.find(({ rule }) => rule === 'serverCode')!
      return violations.map(({ chain }) => chain.at(-1)?.importee).sort()
    }
    // On a busy machine a watcher may see one write as two, and builds twice.
    const tells = (builds: number, expected: readonly string[]): Promise<void> =>
      vi.waitFor(
        async () => {
          expect(closed).toBeGreaterThanOrEqual(builds)
          expect(await told()).toEqual(expected)
        },
        { timeout: 15_000, interval: 20 },
      )
    const { output } = await runBuild({
      vite,
      root,
      plugins: [chunks(), closesLast(() => void closed++)],
      config: { build: { watch: {} } },
    })
    try {
      await tells(1, ['node:fs', 'node:path'])
      await writeFile(join(root, 'src/main.js'), main('path'))
      await tells(2, ['node:path'])
    } finally {
      await (output as Rollup.RollupWatcher).close()
    }
  },
)
