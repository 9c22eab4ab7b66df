import type { WorkerSettings } from '../../shared/manifest.ts'
import { broadcasts, type RuntimeCaching } from '../runtime-caching.ts'
import { toSource } from './to-source.ts'

/** What a generated worker has. */
export interface WorkerProgram {
  readonly settings: WorkerSettings
  readonly runtimeCaching: readonly RuntimeCaching[]
  readonly push: boolean
}

/** Global of a worker whose runtime is a script of its own. */
const GLOBAL = '__paceline'

/** What of the runtime a worker uses, so that the rest is left out. */
function importsOf({ settings, runtimeCaching, push }: WorkerProgram): string[] {
  return [
    'startWorker',
    ...(settings.backgroundSync ? ['startRequestQueue'] : []),
    ...(push ? ['handlePush'] : []),
    ...(runtimeCaching.length > 0 ? ['addRuntimeCaching'] : []),
    ...(broadcasts(runtimeCaching) ? ['broadcastUpdate'] : []),
  ]
}

function startOf({ settings, runtimeCaching, push }: WorkerProgram): string {
  const entries = toSource(runtimeCaching, 'serviceWorker.runtimeCaching')
  const own = `{ fromPrecache${broadcasts(runtimeCaching) ? ', broadcastUpdate' : ''} }`
  const parts = [
    ...(settings.backgroundSync ? ['startRequestQueue'] : []),
    ...(push ? ['handlePush'] : []),
    ...(runtimeCaching.length > 0 ? [`addOwnRoutes: (fromPrecache) => addRuntimeCaching(${entries}, ${own})`] : []),
  ]
  return `startWorker(${toSource(settings, 'serviceWorker')}, { ${parts.join(', ')} })`
}

/**
 * The program of a generated worker.
 *
 * @param runtime what to import the runtime from
 */
export function workerSource(program: WorkerProgram, runtime: string): string {
  return `import { ${importsOf(program).join(', ')} } from ${JSON.stringify(runtime)}\n${startOf(program)}\n`
}

/** The program of a runtime that is a script of its own: it stays the same from release to release. */
export function runtimeSource(program: WorkerProgram, runtime: string): string {
  const names = importsOf(program).join(', ')
  return `import { ${names} } from ${JSON.stringify(runtime)}\nself.${GLOBAL} = { ${names} }\n`
}

/**
 * The script of a worker whose runtime is another one.
 *
 * @param url of the runtime, relative to this script
 */
export function startingScript(program: WorkerProgram, url: string): string {
  const names = importsOf(program).join(', ')
  return `importScripts(${JSON.stringify(url)})\nconst { ${names} } = self.${GLOBAL}\n${startOf(program)}\n`
}

/** The program of a worker that removes itself. */
export function selfDestroyingSource(runtime: string): string {
  return `import { selfDestroy } from ${JSON.stringify(runtime)}\nselfDestroy()\n`
}
