import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it, test } from 'vitest'
import { commitAll, writeFixture } from '@paceline/testkit'
import { runIn } from '../testing/fake-io.ts'
import { pwaFixtures } from './testing/pwa-fixtures.ts'
import { rulesTable } from './testing/rules-table.ts'
import { configTools, pluginTools } from './tools/known-tools.ts'

const guide = readFileSync(fileURLToPath(new URL('../../../../../docs/moving-over.md', import.meta.url)), 'utf8')

test.each([...pluginTools, ...configTools].map((tool) => [tool.package, tool] as const))(
  'the guide has the options of %s as they are moved',
  (name, tool) => {
    const section = guide.split(/^### /m).find((text) => text.startsWith(`${name}\n`))
    expect(section).toContain(`\n${rulesTable(tool.rules)}\n`)
  },
)

it('shows what the command prints', async () => {
  const root = await writeFixture({ '.gitignore': 'node_modules/\ndist/\n', ...pwaFixtures['a worker of its own'] })
  await commitAll(root)
  const { out } = await runIn(root, 'init', '--dry-run')
  const shown = /^\$ npx paceline init --dry-run\n([\s\S]*?)\n```$/m.exec(guide)?.[1]
  // Formatters take the blank of an empty line of context away.
  expect(out.trim().replaceAll(/ +$/gm, '')).toBe(shown)
})
