import { assembleRuntime, bundleProgram, COMPILE_HINT } from '../../packages/vitals/src/adapters/assemble-runtime.ts'
import { resolveVitalsOptions } from '../../packages/vitals/src/resolve-options.ts'
import { WEB_VITALS, WEB_VITALS_ATTRIBUTION, WEB_VITALS_UNHEARD } from './bundle-peers.ts'
import { MARK } from './main-thread.ts'

/** Our own, with everything that is on by default. */
export const PACELINE = 'Paceline'

/**
 * What is put in the page, by name. The first three are the floor: what a module costs that does nothing, one that asks for the entries which any measuring
 * needs and does nothing with them, and web-vitals with nobody to tell, compiled on another thread as our own.
 *
 * @param root where packages are found
 */
export async function pagePrograms(root: string): Promise<Record<string, string>> {
  const programs = {
    'an empty module': '',
    'five observers with empty callbacks': OBSERVERS,
    'web-vitals with empty callbacks, compiled ahead':
      COMPILE_HINT + (await bundleProgram(WEB_VITALS_UNHEARD, {}, root)),
    'web-vitals': await bundleProgram(WEB_VITALS, {}, root),
    'web-vitals/attribution': await bundleProgram(WEB_VITALS_ATTRIBUTION, {}, root),
    [PACELINE]: await assembleRuntime({
      options: resolveVitalsOptions({}),
      sampleRate: 1,
      used: { operations: true, subscribe: false },
      routes: [],
      hasWorker: false,
    }),
  }
  return Object.fromEntries(
    Object.entries(programs).map(([name, code]) => [name, `${code}\nperformance.mark(${JSON.stringify(MARK)})\n`]),
  )
}

const OBSERVERS = `
for (const type of ['paint', 'largest-contentful-paint', 'layout-shift', 'event', 'resource'])
  new PerformanceObserver(() => {}).observe({ type, buffered: true })`
