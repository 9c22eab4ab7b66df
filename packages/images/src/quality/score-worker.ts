import { parentPort } from 'node:worker_threads'
import { isLargePicture } from './large-picture.ts'
import type { Pixels } from './pixels.ts'
import { PlaneSpace } from './plane-space.ts'
import { prepareReference, scoreAgainst, type PreparedReference } from './score-images.ts'

/** What a worker is asked. `search` says whose reference it is about. */
export type ScoreRequest =
  | { readonly search: number; readonly request: number; readonly reference: Pixels }
  | { readonly search: number; readonly request: number; readonly candidate: Pixels }
  | { readonly search: number; readonly end: true }

/** The score; of a reference, that it is prepared. Whoever asked may write over the pixels now. */
export interface ScoreAnswer {
  readonly request: number
  readonly score: number
}

interface Search {
  readonly prepared: PreparedReference
  readonly space: PlaneSpace
}

const searches = new Map<number, Search>()
/** One picture is looked at at a time. */
const scratch = new PlaneSpace()

parentPort?.on('message', (message: ScoreRequest) => {
  if ('end' in message) end(message.search)
  else parentPort?.postMessage({ request: message.request, score: answer(message) } satisfies ScoreAnswer, [])
})

function answer(message: Exclude<ScoreRequest, { readonly end: true }>): number {
  const score = 'candidate' in message ? compare(message) : prepare(message)
  // The encoder is next, and needs the memory more.
  if (isLargePicture(searches.get(message.search)!.prepared)) scratch.release()
  return score
}

function compare({ search, candidate }: Extract<ScoreRequest, { readonly candidate: Pixels }>): number {
  return scoreAgainst(searches.get(search)!.prepared, candidate, scratch)
}

function prepare({ search, reference }: Extract<ScoreRequest, { readonly reference: Pixels }>): number {
  const space = new PlaneSpace()
  searches.set(search, { prepared: prepareReference(reference, space, scratch), space })
  return 100
}

function end(search: number): void {
  searches.get(search)?.space.release()
  searches.delete(search)
}
