import type { Notice } from '../shared/messages.ts'

declare const self: ServiceWorkerGlobalScope

/**
 * Tells a tab when it begins to send a change, so that `update: 'auto'` does not reload it before that has ended. Workers that are made by the build do so; one
 * of your own calls this while its script is run. What outlives its tab, as beacons do, is not waited for.
 */
export function watchUploads(): void {
  self.addEventListener('fetch', (event) => {
    const { method, keepalive } = event.request
    if (method !== 'GET' && method !== 'HEAD' && !keepalive) event.waitUntil(tellSending(event))
  })
}

async function tellSending({ clientId, request: { url } }: FetchEvent): Promise<void> {
  const at = Date.now()
  const client = await self.clients.get(clientId)
  const isUnseen = client !== undefined && client.type !== 'window'
  const notice: Notice = { paceline: 'sending', url, at, isUnseen }
  if (!isUnseen) return client?.postMessage(notice, [])
  // Which tab a worker belongs to is said nowhere.
  for (const tab of await self.clients.matchAll({ type: 'window', includeUncontrolled: true }))
    tab.postMessage(notice, [])
}
