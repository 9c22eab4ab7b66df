import type { Browser, CDPSession } from 'playwright-core'
import type { Profile } from '../core/profiles.ts'
import { labError } from '../errors.ts'
import { bounded } from './bounded.ts'
import { targetSessions } from './target-sessions.ts'
import type { TargetSession } from './target-sessions.ts'

const ANSWER_MS = 5000

/** What a page's own emulation does not reach. Dedicated workers share the page's. */
const BESIDE = 'service_worker'

export interface WorkerThrottling {
  readonly browser: Browser
  /** Of the page. */
  readonly session: CDPSession
  readonly network: NonNullable<Profile['network']>
  /** Is told when a worker that came up later cannot be slowed down. */
  readonly fail: (error: Error) => void
}

/** Slows the network of this session's target down. */
export async function throttleNetwork(
  session: Pick<CDPSession, 'send'>,
  network: WorkerThrottling['network'],
): Promise<void> {
  await session.send('Network.emulateNetworkConditions', conditionsOf(network))
}

/**
 * Slows down the network of a page's service workers: each is a target of its own, which the emulation of the page does not reach, so that a
 * precache would be filled, and a controlled page answered, at the speed of this machine. Workers that run already are slowed down before this
 * returns, later ones as they start. The request for the worker's script itself Chromium leaves alone; and since Playwright, too, attaches to it
 * and lets it go on at once, what a worker asks for in its first milliseconds can be faster as well, on a machine that does a lot in its first tenth
 * of a second (the first request of 12 of 15 workers at a load of 12).
 *
 * @returns ends it
 * @throws `PACELINE_LAB_EMULATION`
 */
export async function throttleWorkers(options: WorkerThrottling): Promise<() => Promise<void>> {
  const { browser, session, network, fail } = options
  const root = await browser.newBrowserCDPSession()
  try {
    const { targetInfo: own } = await session.send('Target.getTargetInfo')
    const running = targetSessions(root)
    const { targetInfos } = await root.send('Target.getTargets', { filter: [{ type: BESIDE }, { exclude: true }] })
    for (const { targetId, browserContextId } of targetInfos) {
      if (browserContextId !== own.browserContextId) continue
      const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false })
      await bounded(slowDown(running.open(sessionId), network), ANSWER_MS)
    }
    const starting = targetSessions(session)
    session.on('Target.attachedToTarget', ({ sessionId }) => {
      const target = starting.open(sessionId)
      const slowed = slowDown(target, network)
      // Sent at once: an answer comes only when the worker goes on, and messages keep their order.
      void target.send('Runtime.runIfWaitingForDebugger', {}).catch(() => undefined)
      slowed.catch((cause: unknown) => fail(refused(cause)))
    })
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: false,
      filter: [{ type: BESIDE }, { exclude: true }],
    })
  } catch (cause) {
    await root.detach().catch(() => undefined)
    throw refused(cause)
  }
  return async () => void (await root.detach().catch(() => undefined))
}

async function slowDown(target: TargetSession, network: WorkerThrottling['network']): Promise<void> {
  // Without `Network.enable` the requests of a worker do not bear the mark by which they are slowed down.
  await Promise.all([
    target.send('Network.emulateNetworkConditions', conditionsOf(network)),
    target.send('Network.enable', {}),
  ])
}

function conditionsOf({ latency, download, upload }: WorkerThrottling['network']): Conditions {
  return { offline: false, latency, downloadThroughput: download, uploadThroughput: upload }
}

interface Conditions {
  readonly offline: false
  /** ms. */
  readonly latency: number
  /** Bytes per second. */
  readonly downloadThroughput: number
  readonly uploadThroughput: number
}

function refused(cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  return labError('PACELINE_LAB_EMULATION', [message.split('\n')[0] ?? ''], { cause })
}
