export { serviceWorker } from './plugin.ts'
export type { ServiceWorkerApi } from './plugin.ts'
export type {
  ApiOptions,
  BackgroundSyncOptions,
  LimitOptions,
  ManifestOptions,
  MostVisited,
  PrecacheOptions,
  PrecacheScope,
  ServiceWorkerOptions,
  StrategiesOptions,
} from './options.ts'
export type { RouteMatch, RuntimeCaching } from './runtime-caching.ts'
