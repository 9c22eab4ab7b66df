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

const NAMES = 'registerServiceWorker, onServiceWorker, cacheStats, pendingRequests, hasUnsavedInput'

/** The module that apps import. */
export function clientSource({ runtime, scope, filename, isOff, ...rest }: ClientSource): string {
  const settings = JSON.stringify({ ...rest, url: scope + filename, scope, isOff })
  return [
    `import { createClient } from ${JSON.stringify(runtime)}`,
    `export const { ${NAMES} } = /* @__PURE__ */ createClient(${settings})`,
    '',
  ].join('\n')
}

/** The module that pages get when the registration is ours. */
export function registerSource(): string {
  return `import { registerServiceWorker } from ${JSON.stringify(VIRTUAL_ID)}\nregisterServiceWorker()\n`
}
