/** What a push message may say, as JSON; a text is a title. */
interface PushMessage {
  readonly title?: string
  readonly url?: string
  readonly options?: NotificationOptions
}

/** What of a notification's data says that it was pushed: the address to go to. */
const OWN = 'paceline'

/** Shows what is pushed, and brings the visitor to it. */
export function handlePush(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    const { title, url, options } = readMessage(event.data)
    const { scope } = worker.registration
    // What was pushed is shown, whatever its address is worth: a push without a notification costs the site its permission.
    const data = { [OWN]: URL.canParse(url ?? '.', scope) ? new URL(url ?? '.', scope).href : scope }
    event.waitUntil(worker.registration.showNotification(title ?? worker.location.host, { ...options, data }))
  })
  worker.addEventListener('notificationclick', (event) => {
    const { notification } = event
    const url = (notification.data as Record<string, string> | null)?.[OWN]
    // The app has shown it, and knows what a click means.
    if (url === undefined) return
    notification.close()
    event.waitUntil(open(worker, url))
  })
}

function readMessage(data: PushMessageData | null): PushMessage {
  if (!data) return {}
  try {
    const message = data.json() as unknown
    return typeof message === 'object' && message !== null ? message : { title: String(message) }
  } catch {
    return { title: data.text() }
  }
}

async function open(worker: ServiceWorkerGlobalScope, url: string): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = tabs.find((tab) => tab.url === url)
  if (there) await there.focus()
  else await worker.clients.openWindow(url)
}
