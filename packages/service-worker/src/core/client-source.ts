/** What the page side is told by the build. */
export interface ClientSource {
  /** Path of the page side's module. */
  readonly runtime: string
  readonly scope: string
  readonly filename: string
  readonly type: 'classic' | 'module'
  readonly update: 'prompt' | 'auto'
  readonly checkEveryMinutes: number
  /** No worker is registered: it removes itself, or this is a dev server without one. */
  readonly isOff: boolean
}

export const VIRTUAL_ID = 'virtual:paceline/service-worker'
export const REGISTER_ID = 'virtual:paceline/service-worker/register'

const NAMES = 'registerServiceWorker, onServiceWorker, cacheStats, pendingRequests, hasUnsavedInput, holdUpdates'

/** The module that apps import. */
export function clientSource({ runtime, scope, filename, isOff, ...rest }: ClientSource): string {
  const settings = JSON.stringify({ ...rest, url: scope + filename, scope, isOff })
  return [
    `import { createClient } from ${JSON.stringify(runtime)}`,
    `export const { ${NAMES} } = /* @__PURE__ */ createClient(${settings})`,
    '',
  ].join('\n')
}

/**
 * The module that pages get when the registration is ours: it loads the other one later.
 *
 * @param begin path of the module that knows when
 */
export function registerSource(begin: string): string {
  return [
    `import { begin } from ${JSON.stringify(begin)}`,
    'begin(() => {',
    // Vite wraps imports in a function of this name, and ours is the nearest. Its own would tell the app by `vite:preloadError` of a file that the
    // app does not miss, and is code for the entry.
    '  const __vitePreload = (load) => load()',
    `  return import(${JSON.stringify(VIRTUAL_ID)}).then((late) => void late.registerServiceWorker())`,
    '})',
    '',
  ].join('\n')
}

const LATE_IMPORT = new RegExp(`${VIRTUAL_ID} is dynamically imported by \\S*${REGISTER_ID} but also statically`)

/** Whether a bundler warns that what we import late is there at once: an app that imports it statically has chosen so. */
export function isAboutLateImport(message: string): boolean {
  return LATE_IMPORT.test(message)
}
