import type { Pixels } from './pixels.ts'
import { PlaneSpace } from './plane-space.ts'
import { prepareReference, scoreAgainst } from './score-images.ts'
import type { ScoreThread } from './score-threads.ts'

/** Scores on this thread, which does nothing else meanwhile. */
export function scoreHere(reference: Pixels): ScoreThread {
  const [space, scratch] = [new PlaneSpace(), new PlaneSpace()]
  const prepared = prepareReference(reference, space, scratch)
  return {
    score: async (candidate) => scoreAgainst(prepared, candidate, scratch),
    end() {
      space.release()
      scratch.release()
    },
  }
}
