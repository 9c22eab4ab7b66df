/**
 * Types of `virtual:paceline/service-worker`. Add them once, with
 * `/// <reference types="@paceline/service-worker/types" />` or in `compilerOptions.types`.
 */
declare module 'virtual:paceline/service-worker' {
  type Client = import('@paceline/service-worker/client').ServiceWorkerClient
  export const registerServiceWorker: Client['registerServiceWorker']
  export const onServiceWorker: Client['onServiceWorker']
  export const cacheStats: Client['cacheStats']
  export const pendingRequests: Client['pendingRequests']
  export const hasUnsavedInput: Client['hasUnsavedInput']
  export const holdUpdates: Client['holdUpdates']
}
