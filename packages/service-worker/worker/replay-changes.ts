import type { FailedChange } from '../shared/messages.ts'
import { outcomeOf } from './answers.ts'

/** A change as it lies in the queue: `QueueStore` of workbox-background-sync writes these. */
export interface QueuedChange {
  readonly id: number
  /** Milliseconds since the epoch, of when it was kept. */
  readonly timestamp: number
  readonly requestData: FailedChange['request']
  readonly metadata?: object
}

export interface Replay {
  readonly waiting: {
    /** In the order in which they were made. */
    getAll(): Promise<QueuedChange[]>
    deleteEntry(id: number): Promise<void>
  }
  readonly failed: { pushEntry(change: Omit<QueuedChange, 'id'>): Promise<void> }
  readonly maxAgeMs: number
  send(request: Request): Promise<Response>
}

/** The queue waits: a change got no answer that counts. */
export class Unanswered extends Error {
  /** Nothing where there was no connection. */
  readonly response: Response | undefined

  constructor(url: string, response?: Response, options?: ErrorOptions) {
    super(`\`${url}\` was not answered${response ? ` but by ${response.status}` : ''}.`, options)
    this.response = response
  }
}

/**
 * Sends what waits, in its order. A change leaves the queue after it was taken or refused, not before it is sent: the browser may end the worker at any time,
 * and a server that sees one twice knows it by its key. What was refused, or got too old, is written down for a page to take.
 *
 * @throws {Unanswered} at the first change without an answer that counts; it and all behind it stay
 */
export async function replayChanges({ waiting, failed, maxAgeMs, send }: Replay): Promise<void> {
  for (let changes = await waiting.getAll(); changes.length > 0; changes = await waiting.getAll()) {
    for (const { id, timestamp, requestData } of changes) {
      const isTooOld = Date.now() - timestamp > maxAgeMs
      const status = isTooOld ? 0 : await sendOne(requestData, send)
      if (status !== undefined) {
        await failed.pushEntry({ requestData, timestamp: Date.now(), metadata: { status } })
      }
      await waiting.deleteEntry(id)
    }
  }
}

/** So long a change stands behind others before it is kept, to be sent later as they are. */
const PATIENCE_MS = 10_000

/**
 * Sends all that wait, and says whether a new change may be sent then. After 10 seconds it may not, whatever holds the others up: a slow server, or a replay of
 * another worker. A server that answers, but not to what waits, holds up changes of the same address alone: one that it never takes must not hold up all.
 *
 * @param urls of what waits; where nothing can be stored, nothing does
 * @param replay throws {@link Unanswered}
 */
export function isNext(
  url: string,
  { urls, replay }: { readonly urls: () => Promise<readonly string[]>; readonly replay: () => Promise<void> },
): Promise<boolean> {
  const waiting = (): Promise<readonly string[]> => urls().catch(() => [])
  const sendAll = async (): Promise<boolean> => {
    while ((await waiting()).length > 0) await replay()
    return true
  }
  const unlessHeldUp = async (error: unknown): Promise<boolean> =>
    error instanceof Unanswered &&
    error.response !== undefined &&
    !(await waiting()).some((one) => pathOf(one) === pathOf(url))
  const tooLate = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false))
  return Promise.race([sendAll().catch(unlessHeldUp), tooLate])
}

function pathOf(url: string): string {
  return new URL(url).pathname
}

/** @returns the status of a refusal */
async function sendOne({ url, ...init }: FailedChange['request'], send: Replay['send']): Promise<number | undefined> {
  // Where a redirection leads tells whose answer it is.
  const request = new Request(url, { ...init, redirect: 'follow' })
  const response = await send(request).catch((cause: unknown) => {
    throw new Unanswered(url, undefined, { cause })
  })
  const outcome = outcomeOf(request, response)
  if (outcome === 'unanswered') throw new Unanswered(url, response)
  return outcome === 'refused' ? response.status : undefined
}
