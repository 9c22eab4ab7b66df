import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { graphModules } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFixture, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig, Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import type { ChunkFault } from './chunk-fault.ts'
import { readBundle } from './read-bundle.ts'
import { randomChunks, type RandomChunks } from './testing/random-chunks.ts'
import { verifyOutput } from './verify-output.ts'

const RUNS = Number(process.env['PACELINE_RANDOM_RUNS'] ?? 24)
const run = promisify(execFile)

/** Loads a built entry in a process of its own, and says what the modules said, or that they threw. */
const LOADER = `globalThis.log = []
try { await import(process.argv[1]); await globalThis.done } catch (error) { globalThis.log.push('threw ' + error.name) }
process.stdout.write(JSON.stringify(globalThis.log))`

describe.each(viteVersions)('verifyOutput() on Vite %d', (vite) => {
  test.each(Array.from({ length: RUNS }, (_, seed) => seed))('knows whether random chunks %d break', async (seed) => {
    const app = randomChunks(seed)
    const root = await writeFixture(app.files)
    // What the source itself cannot run, tree shaking may have mended by chance.
    const native = await load(join(root, 'src/main.js'))
    if (native.some((line) => line.startsWith('threw'))) return
    const bare = await built(vite, root, app, false)
    expect(bare.faults.filter((fault) => fault.kind === 'order' || fault.harmful)).toEqual([])
    const grouped = await built(vite, root, app, true)
    const harmful = grouped.faults.filter((fault) => fault.kind === 'order' || fault.harmful)
    if (harmful.length > 0) return
    expect(grouped.log.toSorted()).toEqual(bare.log.toSorted())
    // Rollup merges what is loaded before a page anyway, and so keeps orders that nobody may rely on with Rolldown.
    if (vite === 8) expect(grouped.log).toEqual(bare.log)
  })
})

async function built(
  vite: ViteVersion,
  root: string,
  app: RandomChunks,
  grouped: boolean,
): Promise<{ faults: ChunkFault[]; log: string[] }> {
  let faults: ChunkFault[] = []
  const verify: Plugin = {
    name: 'verify',
    generateBundle(_options, bundle) {
      faults = verifyOutput(readBundle(this, bundle, graphModules(this), true))
    },
  }
  const outDir = grouped ? 'grouped' : 'bare'
  const groupOf = (id: string): string | undefined => app.groups[id.slice(root.length + 1)]
  await runBuild({ vite, root, plugins: verify, config: config(root, vite, outDir, grouped ? groupOf : undefined) })
  return { faults, log: await load(join(root, outDir, 'main.js')) }
}

async function load(file: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', LOADER, pathToFileURL(file).href])
  return JSON.parse(stdout) as string[]
}

function config(
  root: string,
  vite: ViteVersion,
  outDir: string,
  groupOf?: (id: string) => string | undefined,
): InlineConfig {
  const files = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' }
  const codeSplitting = {
    includeDependenciesRecursively: false,
    groups: [{ name: (id: string) => groupOf!(id) ?? null }],
  }
  const groups: object = vite === 8 ? { codeSplitting } : { manualChunks: groupOf, onlyExplicitManualChunks: true }
  const options = {
    input: join(root, 'src/main.js'),
    output: { ...files, ...(groupOf && groups) },
  }
  return {
    logLevel: 'silent',
    build: { outDir, target: 'esnext', minify: false, modulePreload: false, rollupOptions: options },
  }
}
