import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Packed } from './install-app.ts'
import { packPackages } from './pack.ts'
import { startScopeRegistry } from './scope-registry.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Our packages, packed and to be had. */
    packed: Packed
    /** An empty folder for apps, outside of this repository: nothing of it can be resolved from there. */
    folder: string
  }
}

/** Packs our packages once for all tests, and starts the registry that has them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'paceline-matrix-')))
  const tarballs = await packPackages(join(folder, 'packages'))
  const umbrella = tarballs.find(({ name }) => name === 'paceline')
  if (umbrella === undefined) throw new Error('`paceline` is not among the published packages: nothing can be tested.')
  const registry = await startScopeRegistry(tarballs)
  project.provide('packed', { paceline: umbrella.file, registry: registry.url })
  project.provide('folder', folder)
  return async () => {
    await registry.close()
    // Kept for who looks into a failure.
    if (process.env['PACELINE_MATRIX_KEEP'] === undefined) await rm(folder, { recursive: true, force: true })
  }
}
