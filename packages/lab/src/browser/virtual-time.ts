import type { CDPSession } from 'playwright-core'
import { pause } from './bounded.ts'
import type { OpenPage } from './open-page.ts'

/** What a page is given, ms of its own clock: the timers of that long run, in no time. */
const SPAN = 3000
/** A page must not be able to hold its clock by posting tasks to itself for ever. */
const MOST_TASKS = 100_000
/** ms of ours after which a request that goes on is one that is meant to: a stream, a long poll. */
const STREAM = 1500

/** Stops a page's clock before it is opened. */
export async function stopClock(session: CDPSession): Promise<void> {
  await session.send('Emulation.setVirtualTimePolicy', { policy: 'pause' })
}

/**
 * Lets three seconds pass for the page. Its clock stands still while it waits for the network and while it works, so that what it does depends
 * little on how fast either is: no time slices of a scheduler, no timers that race with answers.
 *
 * @param deadline `Date.now()` at which to give up
 * @returns whether the time is over
 */
export async function runClock({ session, requests, trouble }: OpenPage, deadline: number): Promise<boolean> {
  const clock = { isOver: false }
  const over = (): void => {
    clock.isOver = true
  }
  session.on('Emulation.virtualTimeBudgetExpired', over)
  try {
    const grant = (policy: 'advance' | 'pauseIfNetworkFetchesPending'): Promise<unknown> =>
      session.send('Emulation.setVirtualTimePolicy', {
        policy,
        budget: SPAN,
        maxVirtualTimeTaskStarvationCount: MOST_TASKS,
      })
    await grant('pauseIfNetworkFetchesPending')
    let streams = false
    while (!clock.isOver && Date.now() < deadline) {
      await Promise.race([pause(25), trouble])
      const isStuck = requests.open() > 0 && Date.now() - requests.lastChange() > STREAM
      if (isStuck && !streams && !clock.isOver) {
        streams = true
        await grant('advance')
      }
    }
    return clock.isOver
  } finally {
    session.off('Emulation.virtualTimeBudgetExpired', over)
  }
}
