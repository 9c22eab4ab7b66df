import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { moveToEnd } from '@paceline/kit'
import { runAppBuild, runBuild, viteVersions, writeFiles, type ViteVersion } from '@paceline/testkit'
import type { Plugin, UserConfig } from 'vite'
import { describe, expect, onTestFinished, test } from 'vitest'

const server = { build: { ssr: true, rollupOptions: { input: '/server.js' }, outDir: 'dist/server' } }

/** Builds both environments; the framework finishes its client after the server. */
function framework(done: string[], own: Pick<NonNullable<UserConfig['builder']>, 'sharedConfigBuild'>): UserConfig {
  return {
    environments: { client: { build: { outDir: 'dist/client' } }, ssr: server },
    builder: {
      ...own,
      async buildApp({ build, environments }) {
        await build(environments['client']!)
        await build(environments['ssr']!)
        done.push('framework')
      },
    },
  }
}

function closer(done: string[], name: string, stage: 'report' | 'ledger', fail?: string): Plugin {
  const plugin: Plugin = {
    name,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    configResolved: ({ plugins }) => moveToEnd(plugins, plugin, stage),
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        done.push(`${name} of ${this.environment.name}`)
        if (fail !== undefined) throw new Error(fail)
      },
    },
  }
  return plugin
}

async function app(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'paceline-app-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await writeFiles(root, {
    'index.html': '<script type="module" src="/client.js"></script>',
    'client.js': 'console.log("client")',
    'server.js': 'export const answer = 42',
  })
  return root
}

describe.each(viteVersions)('on Vite %i, the end of a build', (vite: ViteVersion) => {
  test.each([true, false])('waits for a framework (one config for all environments: %s)', async (sharedConfigBuild) => {
    const done: string[] = []
    // A config file is read once per environment: so are the plugins in it made.
    const plugins = (): Plugin[] => [closer(done, 'ledger', 'ledger'), closer(done, 'report', 'report')]
    const root = await app()
    await runAppBuild({ vite, root, plugins: plugins(), config: framework(done, { sharedConfigBuild }) })
    expect(done).toEqual(['framework', 'report of client', 'ledger of client'])
    expect(await readFile(join(root, 'dist/client/index.html'), 'utf8')).toContain('<script')
  })

  test('does not wait where one environment is built alone', async () => {
    const done: string[] = []
    await runBuild({ vite, root: await app(), plugins: [closer(done, 'report', 'report')] })
    await runAppBuild({ vite, root: await app(), plugins: [closer(done, 'report', 'report')] })
    expect(done).toEqual(['report of client', 'report of client'])
  })

  test('fails the build of the app when it fails', async () => {
    const done: string[] = []
    const plugins = [closer(done, 'report', 'report', 'a budget is overrun')]
    const build = runAppBuild({ vite, root: await app(), plugins, config: framework(done, {}) })
    await expect(build).rejects.toThrow('a budget is overrun')
    expect(done).toEqual(['framework', 'report of client'])
  })

  test('ends each of two builds of one app', async () => {
    const done: string[] = []
    const root = await app()
    const plugins = [closer(done, 'report', 'report')]
    for (let i = 0; i < 2; i++) await runAppBuild({ vite, root, plugins, config: framework(done, {}) })
    expect(done).toEqual(['framework', 'report of client', 'framework', 'report of client'])
  })
})
