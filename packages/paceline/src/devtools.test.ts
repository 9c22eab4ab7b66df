import type { AddressInfo } from 'node:net'
import { loadVite, memoryLogger, runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { PluginWithDevTools } from '@vitejs/devtools-kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { devtools } from './devtools.ts'
import type { DevtoolsPlugin, DockEntry } from './devtools.ts'
import { paceline } from './paceline.ts'

/** What Vite DevTools asks of a plugin, by its own types: an entry or context of another shape would not compile. */
const asDocumented = devtools() satisfies PluginWithDevTools

async function docked(plugin: DevtoolsPlugin): Promise<DockEntry[]> {
  const entries: DockEntry[] = []
  await plugin.devtools.setup({ docks: { register: (entry) => entries.push(entry) } })
  return entries
}

describe.each(viteVersions)('on Vite %i', (vite) => {
  test('the dev server has the pages of the last build, and the dock leads to them', async () => {
    const root = await writeFixture(smallApp)
    const plugins = paceline({ images: false, budgets: { initial: '1 B', severity: 'warn' } })
    await runBuild({ vite, root, plugins })
    const { createServer } = await loadVite(vite)
    const server = await createServer({
      root,
      configFile: false,
      customLogger: memoryLogger().logger,
      plugins,
      server: { ws: false, port: 0 },
    })
    onTestFinished(() => server.close())
    await server.listen()
    const { port } = server.httpServer!.address() as AddressInfo

    const entries = await docked(server.config.plugins.find(({ name }) => name === asDocumented.name) as DevtoolsPlugin)
    expect(entries.map(({ title }) => title)).toEqual(['Paceline', 'Paceline treemap'])
    expect(entries[0]!.description).toBe('1 of 3 budgets of the last build overrun')
    for (const { url } of entries) {
      const response = await fetch(`http://localhost:${port}${url}`)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await response.text()).toContain('main.js')
    }
  })
})

test('before the first build the dock says so', async () => {
  const root = await writeFixture({})
  const plugin = devtools()
  ;(plugin.configResolved as (config: { root: string }) => void)({ root })
  const [entry] = await docked(plugin)
  expect(entry!.description).toBe('No build yet: `vite build` makes the report')
})
