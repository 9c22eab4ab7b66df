import type { CacheCount, CacheKind, CacheNotice } from '@paceline/kit'
import { changed, life } from './delivery.ts'

/** Adds up what the service worker says that its caches did for this page. */
export function observeCaches(): void {
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<CacheNotice | null | undefined>) => {
    if (data?.paceline !== 'counted') return
    const caches = (life.caches ??= {})
    for (const [kind, count] of Object.entries(data.counts) as [CacheKind, CacheCount][]) {
      const sum = (caches[kind] ??= { hits: 0, misses: 0, bytesSaved: 0 })
      for (const name in sum) sum[name as keyof CacheCount] += count[name as keyof CacheCount]
    }
    changed()
  })
}
