import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { loadVite, memoryLogger, runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { ViteVersion } from '@paceline/testkit'
import type { PluginWithDevTools } from '@vitejs/devtools-kit'
import type { Plugin, ViteDevServer } from 'vite'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { devtools } from './devtools.ts'
import type { DevtoolsPlugin, DockEntry, DockHandle } from './devtools.ts'
import { paceline } from './paceline.ts'

/** What Vite DevTools asks of a plugin, by its own types: an entry or context of another shape would not compile. */
const asDocumented = devtools() satisfies PluginWithDevTools

/** The dock, with what stands in it and what was changed in it later. */
interface Dock {
  readonly entries: DockEntry[]
  readonly updates: string[]
}

async function docked(plugin: DevtoolsPlugin): Promise<Dock> {
  const dock: Dock = { entries: [], updates: [] }
  const register = (entry: DockEntry): DockHandle => {
    dock.entries.push(entry)
    return { update: ({ description }) => dock.updates.push(description) }
  }
  await plugin.devtools.setup({ docks: { register } })
  return dock
}

const withInitial = (initial: string, dir = '.paceline'): Plugin[] =>
  paceline({ images: false, budgets: { initial, severity: 'warn' }, buildGraph: { dir } })

async function startServer(
  vite: ViteVersion,
  root: string,
  plugins: Plugin[],
): Promise<{ server: ViteDevServer; dock: Dock }> {
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
  const plugin = server.config.plugins.find(({ name }) => name === asDocumented.name) as DevtoolsPlugin
  return { server, dock: await docked(plugin) }
}

const NO_BUILD = 'No build yet: `vite build` makes the report'

describe.each(viteVersions)('on Vite %i', (vite) => {
  test('the dev server has the pages of the last build, and the dock leads to them', async () => {
    const root = await writeFixture(smallApp)
    const plugins = withInitial('1 B')
    await runBuild({ vite, root, plugins })
    const { server, dock } = await startServer(vite, root, plugins)
    const { port } = server.httpServer!.address() as AddressInfo

    expect(dock.entries.map(({ title }) => title)).toEqual(['Paceline', 'Paceline treemap'])
    expect(dock.entries[0]!.description).toBe('1 of 3 budgets of the last build overrun')
    for (const { url } of dock.entries) {
      const response = await fetch(`http://localhost:${port}${url}`)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await response.text()).toContain('main.js')
    }
  })

  test.each(['in the root', 'elsewhere'])('the dock follows the builds, whose report lies %s', async (where) => {
    const root = await writeFixture(smallApp)
    const dir = where === 'elsewhere' ? await writeFixture({}) : '.paceline'
    const report = resolve(root, dir, 'report.json')
    const { server, dock } = await startServer(vite, root, withInitial('1 B', dir))
    const says = (description: string): Promise<void> =>
      vi.waitFor(() => expect(dock.updates.at(-1)).toBe(description), { timeout: 10_000 })
    expect(dock.entries[0]!.description).toBe(NO_BUILD)

    await runBuild({ vite, root, plugins: withInitial('1 B', dir) })
    await says('1 of 3 budgets of the last build overrun')
    await runBuild({ vite, root, plugins: withInitial('1 MB', dir) })
    await says('All 3 budgets of the last build hold')

    const known = dock.updates.length
    const noticed = once(server.watcher, 'change')
    await writeFile(report, '{"schemaVersion": 1, "files": [')
    await noticed
    // Longer than the plugin waits for the next change.
    await setTimeout(300)
    await rm(report)
    await says(NO_BUILD)
    expect(dock.updates.slice(known)).toEqual([NO_BUILD])
  })
})

test('before the first build the dock says so', async () => {
  const root = await writeFixture({})
  const plugin = devtools()
  ;(plugin.configResolved as (config: { root: string }) => void)({ root })
  const { entries } = await docked(plugin)
  expect(entries[0]!.description).toBe(NO_BUILD)
})
