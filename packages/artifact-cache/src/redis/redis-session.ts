import { availableParallelism } from 'node:os'
import type { ResolvedRedisOptions } from '../options.ts'
import { describeTrouble, kindOfError } from './describe-trouble.ts'
import type { Trouble } from './describe-trouble.ts'
import { openRedisLanes } from './redis-lanes.ts'
import type { RedisLanes } from './redis-lanes.ts'
import type { RedisLink } from './redis-link.ts'
import { guardWaiting } from './wait-guard.ts'

/** How long Redis is left alone after a failure, at first. */
const PAUSE = 10_000
const LONGEST_PAUSE = 300_000

/** Asking for it reads files of the system, and hits come by the hundred. */
const CORES = availableParallelism()

/** The state of talking to one Redis: its connections, and whether it is left alone. */
export interface RedisSession extends RedisLanes {
  /** Whether Redis is talked to now. Where it was left alone for long enough, this tries it again in the background. */
  usable(): boolean
  /** Waits for something, no longer than it may cost. */
  wait<Result>(answer: Promise<Result>): Promise<Result>
  /** An answer came. */
  heard(): void
  /** Milliseconds of CPU time that an answer saved. */
  saved(ms: number): void
  /** Leaves Redis alone for a while: all who wait are told, and the user is, once. */
  fail(error: unknown): void
  /** Why Redis is left alone, when it is. */
  reason(): string | undefined
}

export interface SessionListener {
  warn(message: string): void
  /** Redis is left alone from now on. */
  broken(): void
}

/** Who waited is told this when waiting is over; the reason was given where it ended. */
class WaitIsOver extends Error {}

/** What is said when we have let go of a connection ourselves. */
const OWN: ReadonlySet<string> = new Set(['DisconnectsClientError', 'ClientClosedError'])

/** @param allowed milliseconds that may be waited for Redis in all */
export function openRedisSession(
  options: ResolvedRedisOptions,
  allowed: number,
  listener: SessionListener,
): RedisSession {
  const lanes = openRedisLanes(options)
  const budget = Math.max(allowed, options.timeout)
  let off: { readonly reason: string; readonly since: number; readonly pause: number } | undefined
  let trying = false
  let warned = false

  const guard = guardWaiting({
    silence: options.timeout,
    budget,
    over: (why) =>
      leaveAlone(
        why === 'silent'
          ? { problem: `did not answer within ${options.timeout} ms`, advice: 'Check the URL and the server.' }
          : {
              problem: `is slow: waiting for it cost ${budget} ms more than it saved`,
              advice: 'Use one that is nearer.',
            },
      ),
  })

  const leaveAlone = ({ problem, advice }: Trouble): void => {
    off = { reason: problem, since: Date.now(), pause: PAUSE }
    lanes.close()
    listener.broken()
    guard.end(new WaitIsOver(problem))
    if (warned) return
    warned = true
    listener.warn(`\`cache.redis\` at ${options.shown} ${problem}. The build goes on with the cache on disk. ${advice}`)
  }

  /** Nobody waits for this: a Redis that is back must show it before the next request is sent there. */
  const tryAgain = async ({ reason, since, pause }: NonNullable<typeof off>): Promise<void> => {
    trying = true
    // What was lost is forgotten at a thousandth of the time that goes by, so that a dev server may try again all day.
    guard.credit((Date.now() - since) / 1000)
    try {
      await within(options.timeout, lanes.link('read').then(ping))
      off = undefined
    } catch {
      lanes.close()
      off = { reason, since: Date.now(), pause: Math.min(pause * 2, LONGEST_PAUSE) }
    } finally {
      trying = false
    }
  }

  return {
    ...lanes,
    usable() {
      if (off && !trying && Date.now() - off.since >= off.pause) void tryAgain(off)
      return !off
    },
    wait: (answer) => guard.wait(answer),
    heard: () => guard.heard(),
    // Work is done on all cores, so an hour of CPU time is less for those who wait.
    saved: (ms) => guard.credit(ms / CORES),
    fail(error) {
      if (!off && !(error instanceof WaitIsOver) && !OWN.has(kindOfError(error))) {
        leaveAlone(describeTrouble(error, options))
      }
    },
    reason: () => off?.reason,
  }
}

async function ping(link: RedisLink): Promise<void> {
  await Promise.all(link.masters().map((send) => send(['PING'])))
}

/** For what nobody waits for: the timer keeps no process alive. */
function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref()
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
