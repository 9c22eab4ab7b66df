import { isLargePicture } from './large-picture.ts'
import type { Pixels } from './pixels.ts'
import { PlaneSpace } from './plane-space.ts'
import { prepareReference, scoreAgainst } from './score-images.ts'
import type { ScoreThread } from './score-threads.ts'

/** Scores on this thread, which does nothing else meanwhile. */
export function scoreHere(reference: Pixels): ScoreThread {
  const [space, scratch] = [new PlaneSpace(), new PlaneSpace()]
  const prepared = prepareReference(reference, space, scratch)
  if (isLargePicture(reference)) scratch.release()
  return {
    prepare: async () => {},
    async score(candidate) {
      const score = scoreAgainst(prepared, candidate, scratch)
      // The encoder is next, and needs the memory more.
      if (isLargePicture(reference)) scratch.release()
      return score
    },
    end() {
      space.release()
      scratch.release()
    },
  }
}
