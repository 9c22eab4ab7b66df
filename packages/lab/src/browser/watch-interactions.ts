import type { Page } from 'playwright-core'

/** Latencies of interactions so far, ms, the longest event of each: a list for each document. */
export type WatchedInteractions = () => readonly (readonly number[])[]

/** One event of an interaction, as a page tells it. */
export interface InteractionEvent {
  readonly origin: string
  /** When the document began, ms since the epoch: no two of a page began at once. */
  readonly document: number
  /** Of the interaction, in its document. */
  readonly id: number
  readonly ms: number
}

/**
 * Keeps what documents of a site tell of interactions: a script may go on to another document, and the one before is gone with all that it knew.
 *
 * @param site origin; where else a script logs in is not measured
 */
export async function watchInteractions(page: Page, site: string): Promise<WatchedInteractions> {
  const documents = new Map<number, Map<number, number>>()
  await page.exposeBinding('pacelineLabInteraction', (_source, { origin, document, id, ms }: InteractionEvent) => {
    if (origin !== site) return
    const latencies = documents.get(document) ?? new Map<number, number>()
    documents.set(document, latencies.set(id, Math.max(latencies.get(id) ?? 0, ms)))
  })
  return () => [...documents.values()].map((latencies) => [...latencies.values()])
}
