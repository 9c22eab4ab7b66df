declare const self: ServiceWorkerGlobalScope

const OWN = /^paceline-(?:precache|assets|images|api|pages):/

/** Replaces a worker by nothing: its caches and itself go, and open tabs get their next files from the network. */
export function selfDestroy(): void {
  self.addEventListener('install', () => void self.skipWaiting())
  self.addEventListener('activate', (event) => event.waitUntil(destroy()))
}

async function destroy(): Promise<void> {
  const { pathname } = new URL(self.registration.scope)
  try {
    const names = (await caches.keys()).filter((name) => OWN.test(name) && name.endsWith(`:${pathname}`))
    await Promise.allSettled(names.map((name) => caches.delete(name)))
  } finally {
    // What cannot be deleted is in nobody's way; a worker that stays is.
    await self.registration.unregister()
  }
}
