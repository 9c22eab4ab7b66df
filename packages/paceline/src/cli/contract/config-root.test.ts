import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commitAll, git, loadVite, smallApp, writeFiles } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { importHeavy, writeApp } from '../testing/app.ts'
import { runIn } from '../testing/fake-io.ts'

const configText = (root: string): string => {
  const options = "{ budgets: { initial: '2 kB' }, compress: false, chunks: { strategy: 'planned' } }"
  const build = "{ outDir: '../out', emptyOutDir: true }"
  return `import { paceline } from 'paceline'\nexport default { root: ${root}, build: ${build}, plugins: [paceline(${options})] }\n`
}

describe.each([
  [7, "'client'"],
  [8, "new URL('./client', import.meta.url).pathname"],
] as const)('with Vite %d, an app whose config says `root: %s`', (vite, written) => {
  it('is planned, judged, explained and compared there', async () => {
    const root = await writeApp({ vite })
    await rm(join(root, 'src'), { recursive: true })
    await rm(join(root, 'index.html'))
    const client = join(root, 'client')
    await writeFiles(client, smallApp)
    await writeFile(join(root, 'vite.config.js'), configText(written))
    await git(root, 'init', '--quiet', '--initial-branch', 'main')
    const planned = await runIn(root, 'chunks', 'plan')
    expect([planned.code, planned.err]).toEqual([0, ''])
    expect(existsSync(join(client, 'paceline.chunks.json'))).toBe(true)
    await commitAll(root)

    await importHeavy(client)
    const { build } = await loadVite(vite)
    await build({ root: client, configFile: join(root, 'vite.config.js'), logLevel: 'silent' }).catch(() => {})
    // Left from a time when the root was another one.
    await writeFiles(root, { '.paceline/report.json': '{}' })
    const judged = await runIn(root, 'check')
    expect([judged.code, judged.err]).toEqual([1, ''])
    const explained = await runIn(root, 'why', 'heavy')
    expect([explained.code, explained.out]).toEqual([
      0,
      expect.stringContaining('index.html → src/main.js:3 → src/greet.js:3 → heavy'),
    ])
    const compared = await runIn(root, 'diff', 'main')
    expect(compared.err).not.toContain('PACELINE_')
    expect(compared.out).toContain('The new import at src/greet.js:3 brings heavy')
  })
})
