import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCodes } from '@paceline/kit'
import type { InlineConfig, PluginOption, Rollup } from 'vite'
import { describe, expect, test, vi } from 'vitest'
import { runAppBuild, runBuild, viteVersions, type ViteVersion } from './build.ts'
import { closesLast } from './closes-last.ts'
import { hashDirectory, smallApp, writeFiles, writeFixture, type FixtureFiles } from './fixture.ts'

/** A plugin as the contract suite sees it. */
export interface PluginContract<Options> {
  readonly name: string
  /** The factory under its public signature. */
  readonly create: (options?: Options) => PluginOption
  /**
   * What is built: the small app with something for the plugin to work on, where that has nothing.
   *
   * @default the small app
   */
  readonly app?: FixtureFiles
  /** Options that use most of it and hold for the app. */
  readonly options: Options
  /** Options under which the build of the app must fail, and the code it must fail with. */
  readonly failing?: { readonly options: Options; readonly code: string }
  /** Whether emitted files differ from those of a build without the plugin, siblings not counted. */
  readonly changesOutput: boolean
  /** Files that the plugin adds to the output, besides compressed siblings; exactly these. */
  readonly adds?: readonly string[]
  /** Looks at the output beyond what the suite checks; called after every client build. */
  readonly verify?: (build: { root: string; outDir: string; vite: ViteVersion }) => Promise<void>
}

/** The suite that every plugin passes, on every major of Vite that it supports. */
export function describePluginContract<Options extends object>(contract: PluginContract<Options>): void {
  const { app = smallApp } = contract
  describe.each(viteVersions)(`${contract.name} keeps the plugin contract on Vite %d`, (vite) => {
    const verified = async (root: string, outDir = join(root, 'dist')): Promise<void> => {
      await contract.verify?.({ root, outDir, vite })
    }
    const build = (root: string, plugins: PluginOption, config?: InlineConfig): ReturnType<typeof runBuild> =>
      runBuild({ vite, root, plugins, ...(config ? { config } : {}) })

    test('builds without options', async () => {
      const root = await writeFixture(app)
      const { log } = await build(root, contract.create())
      expect(log.warn).toEqual([])
      await verified(root)
    })

    test('takes undefined for every option', async () => {
      const root = await writeFixture(app)
      const names = Object.keys(contract.options)
      await build(root, contract.create(Object.fromEntries(names.map((name) => [name, undefined])) as Options))
      await verified(root)
    })

    test('leaves frozen options as they are', async () => {
      const root = await writeFixture(app)
      const options = deepFreeze(structuredClone(contract.options))
      await build(root, contract.create(options))
      expect(options).toEqual(contract.options)
      await verified(root)
    })

    test('gives the same bytes in two builds in a row with one instance', async () => {
      const root = await writeFixture(app)
      const plugins = contract.create(contract.options)
      await build(root, plugins)
      const first = await hashDirectory(join(root, 'dist'))
      await build(root, plugins)
      expect(await hashDirectory(join(root, 'dist'))).toEqual(first)
      await verified(root)
    })

    test.runIf(!contract.changesOutput)('changes no emitted byte and leaves no source map', async () => {
      const root = await writeFixture(app)
      await build(root, [], { build: { outDir: 'dist-bare' } })
      await build(root, contract.create(contract.options))
      const bare = await hashDirectory(join(root, 'dist-bare'))
      const { adds = [] } = contract
      const emitted = withoutSiblings(await hashDirectory(join(root, 'dist')))
      expect(Object.keys(emitted)).toEqual([...Object.keys(bare), ...adds].sort())
      for (const file of adds) delete emitted[file]
      expect(emitted).toEqual(bare)
    })

    test('works with two outputs', async () => {
      const root = await writeFixture(app)
      const outputs = [
        { entryFileNames: 'a/[name]-[hash].js', chunkFileNames: 'a/[name]-[hash].js' },
        { entryFileNames: 'b/[name]-[hash].js', chunkFileNames: 'b/[name]-[hash].js' },
      ]
      await build(root, contract.create(contract.options), { build: { rollupOptions: { output: outputs } } })
      const files = Object.keys(await hashDirectory(join(root, 'dist')))
      expect(files.some((file) => /^a\/.*\.js$/.test(file)) && files.some((file) => /^b\/.*\.js$/.test(file))).toBe(
        true,
      )
      await verified(root)
    })

    test.each(['/app/', './', 'https://cdn.example.com/x/'])('works with base %s', async (base) => {
      const root = await writeFixture(app)
      await build(root, contract.create(contract.options), { base })
      await verified(root)
    })

    test('leaves a server environment beside the client alone', async () => {
      const root = await writeFixture(app)
      const config = (dir: string): InlineConfig => ({
        builder: {},
        environments: {
          client: { build: { outDir: `${dir}/client` } },
          ssr: { build: { outDir: `${dir}/server`, ssr: true, rollupOptions: { input: join(root, 'src/server.js') } } },
        },
      })
      await runAppBuild({ vite, root, plugins: [], config: config('bare') })
      await runAppBuild({ vite, root, plugins: contract.create(contract.options), config: config('dist') })
      expect(await hashDirectory(join(root, 'dist/server'))).toEqual(await hashDirectory(join(root, 'bare/server')))
      await verified(root, join(root, 'dist/client'))
    })

    test('builds anew when a source changes under build.watch', async () => {
      const root = await writeFixture(app)
      let closed = 0
      const last = closesLast(() => void closed++)
      const isClosed = (times: number): Promise<void> =>
        vi.waitFor(() => expect(closed).toBe(times), { timeout: 15_000, interval: 20 })
      const { output } = await build(root, [contract.create(contract.options), last], { build: { watch: {} } })
      const watcher = output as Rollup.RollupWatcher
      try {
        await finished(watcher)
        await isClosed(1)
        await verified(root)
        await appendFile(join(root, 'src/about.js'), "console.log('changed while watching')\n")
        await finished(watcher)
        await isClosed(2)
        const files = await hashDirectory(join(root, 'dist'))
        const about = await Promise.all(
          Object.keys(files)
            .filter((file) => file.endsWith('.js'))
            .map((file) => readFile(join(root, 'dist', file), 'utf8')),
        )
        expect(about.some((code) => code.includes('changed while watching'))).toBe(true)
        await verified(root)
      } finally {
        await watcher.close()
      }
    })

    test.runIf(contract.failing)('fails with its code, also when the log level is silent', async () => {
      const root = await writeFixture(app)
      const { options, code } = contract.failing!
      const failed = build(root, contract.create(options), { logLevel: 'silent' })
      await expect(failed).rejects.toSatisfy((error: unknown) => errorCodes(error).includes(code))
    })

    test('does nothing after a failed build', async () => {
      const root = await writeFixture(app)
      await writeFiles(root, { 'src/greet.js': 'export const greet = (' })
      await expect(build(root, contract.create(contract.options))).rejects.toSatisfy((error: unknown) =>
        errorCodes(error).every((code) => !code.startsWith('PACELINE_')),
      )
    })
  })
}

/** The next end of a build in watch mode; rejects when it ended in an error. `closeBundle` hooks may still be running. */
function finished(watcher: Rollup.RollupWatcher): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = (event: Rollup.RollupWatcherEvent): void => {
      if (event.code !== 'END' && event.code !== 'ERROR') return
      watcher.off('event', listener)
      if (event.code === 'ERROR') reject(event.error)
      else resolve()
    }
    watcher.on('event', listener)
  })
}

function withoutSiblings(hashes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(hashes).filter(([file]) => !/\.(?:gz|br|zst)$/.test(file)))
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}
