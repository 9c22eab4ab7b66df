import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runAppBuild, runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { InlineConfig, Plugin, ResolvedConfig } from 'vite'
import { describe, expect, test } from 'vitest'
import { buildGraph } from './plugin.ts'

/** What plugins of others do that write or forbid source maps. */
function curious(seen: unknown[], enforce: 'pre' | 'post'): Plugin {
  let config: ResolvedConfig
  return {
    name: `curious-${enforce}`,
    enforce,
    // vite-plugin-pwa
    configResolved(resolved) {
      config = resolved
      seen.push(resolved.build.sourcemap)
    },
    // React Router
    buildStart() {
      seen.push(config.environments['client']?.build.sourcemap)
    },
    // @vitejs/plugin-legacy
    generateBundle() {
      const fileName = `polyfills-${enforce}.js`
      this.emitFile({ type: 'asset', fileName, source: 'export {}' })
      this.emitFile({ type: 'asset', fileName: `${fileName}.map`, source: '{}' })
    },
  }
}

describe.each(viteVersions)('maps for measuring, on Vite %i', (vite) => {
  test('are seen by no other plugin, and leave none of theirs behind', async () => {
    const root = await writeFixture(smallApp)
    const seen: unknown[] = []
    await runBuild({ vite, root, plugins: [curious(seen, 'pre'), buildGraph(), curious(seen, 'post')] })
    expect(seen).toEqual([false, false, false, false])
    const files = await readdir(join(root, 'dist'), { recursive: true })
    expect(files).toContain('polyfills-post.js')
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  })

  test('are not seen when the server is built, before the client or after it', async () => {
    const root = await writeFixture(smallApp)
    const seen: unknown[] = []
    const order = ['client', 'ssr', 'client']
    const config: InlineConfig = {
      environments: { ssr: { build: { ssr: true, rollupOptions: { input: '/src/main.js' }, outDir: 'dist-server' } } },
      builder: {
        sharedPlugins: true,
        sharedConfigBuild: true,
        async buildApp({ build, environments }) {
          for (const name of order) await build(environments[name]!)
        },
      },
    }
    const curiousEverywhere = { ...curious(seen, 'post'), sharedDuringBuild: true, generateBundle() {} }
    await runAppBuild({ vite, root, plugins: [buildGraph(), curiousEverywhere], config })
    expect(seen).toEqual([false, ...order.map(() => false)])
  })

  test('that the user wants are left to everybody', async () => {
    const root = await writeFixture(smallApp)
    const seen: unknown[] = []
    const config = { build: { sourcemap: true } }
    await runBuild({ vite, root, plugins: [buildGraph(), curious(seen, 'post')], config })
    expect(seen).toEqual([true, true])
    const files = await readdir(join(root, 'dist'), { recursive: true })
    expect(files).toContain('polyfills-post.js.map')
  })
})
