import type { CDPSession } from 'playwright-core'

/** A target that a session has attached to with `flatten: false`. */
export interface TargetSession {
  /** What it says is not of interest here, only that it agrees; one that has gone by then agrees to everything. */
  send(method: string, params: object): Promise<void>
}

interface Answer {
  readonly id?: number
  readonly error?: { readonly message: string }
}

interface Waiting {
  readonly sessionId: string
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/**
 * Sessions wrapped in the messages of another one: Playwright drops what comes from flat sessions that it did not open, and opens none to workers.
 * The protocol calls this deprecated, and Chromium 156 supports it.
 */
export function targetSessions(outer: CDPSession): { open(sessionId: string): TargetSession } {
  let last = 0
  const waiting = new Map<number, Waiting>()
  const settle = (id: number, error?: { readonly message: string }): void => {
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (error) reject?.(new Error(error.message))
    else resolve?.()
  }
  outer.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, error } = JSON.parse(message) as Answer
    // The others are events of its network.
    if (id !== undefined) settle(id, error)
  })
  outer.on('Target.detachedFromTarget', ({ sessionId: gone }) => {
    for (const [id, { sessionId }] of waiting) if (sessionId === gone) settle(id)
  })
  return {
    open: (sessionId) => ({
      async send(method, params) {
        const id = ++last
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        waiting.set(id, { sessionId, resolve, reject })
        const message = JSON.stringify({ id, method, params })
        await outer.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => settle(id))
        return promise
      },
    }),
  }
}
