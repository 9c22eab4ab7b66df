/** A pair of chunks that may be joined, and what that gains. */
export interface Candidate {
  readonly a: number
  readonly b: number
  readonly gain: number
  /** Breaks ties, so that plans do not hang on the order of insertion. */
  readonly tie: number
}

/** A binary heap of candidates, the greatest gain on top. */
export class CandidateHeap {
  readonly #items: Candidate[] = []

  push(item: Candidate): void {
    const items = this.#items
    let at = items.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >>> 1
      if (!isBetter(item, items[parent] as Candidate)) break
      items[at] = items[parent] as Candidate
      at = parent
    }
    items[at] = item
  }

  pop(): Candidate | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= items.length) break
      if (child + 1 < items.length && isBetter(items[child + 1] as Candidate, items[child] as Candidate)) child++
      if (!isBetter(items[child] as Candidate, last)) break
      items[at] = items[child] as Candidate
      at = child
    }
    items[at] = last
    return top
  }
}

function isBetter(a: Candidate, b: Candidate): boolean {
  return a.gain > b.gain || (a.gain === b.gain && a.tie < b.tie)
}
