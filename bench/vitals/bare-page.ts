import type { Browser, CDPSession } from '@playwright/test'

/** A page that nothing but what is asked of it is switched on in. */
export interface BarePage {
  /** A method of the DevTools protocol, for the page. */
  send(method: string, parameters?: object): Promise<Record<string, unknown>>
  close(): Promise<void>
}

/**
 * Opens a page that Playwright does not drive. A page that it does has the protocol's network and runtime domains on, whose bookkeeping, with a stack
 * trace for every request, runs inside the calls of whoever makes one: the main thread's time for it would be counted as theirs.
 */
export async function openBarePage(browser: Browser): Promise<BarePage> {
  const session = await browser.newBrowserCDPSession()
  // In a context that Playwright has not made, it lets go of pages.
  const { browserContextId } = await session.send('Target.createBrowserContext')
  const { targetId } = await session.send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  return {
    send: sender(session, sessionId),
    async close() {
      await session.send('Target.disposeBrowserContext', { browserContextId })
      await session.detach()
    },
  }
}

interface Answer {
  readonly id?: number
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

/** Messages to a target inside messages to the browser: Playwright has no sessions but those of its own pages. */
function sender(session: CDPSession, sessionId: string): BarePage['send'] {
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  return async (method, params = {}) => {
    const id = ++last
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve))
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    const { result = {}, error } = await answered
    waiting.delete(id)
    if (error) throw new Error(`\`${method}\` ${error.message}`)
    return result
  }
}
