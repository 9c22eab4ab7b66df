/** Writes things in the background: a few at once, and only so many bytes kept for later. */
export interface WriteQueue<Item> {
  /** `false`: it is full, and the item was not taken. */
  add(item: Item, bytes: number): boolean
  /** Drops what waits, and gives it. */
  drop(): Item[]
  /** Resolves when nothing is left. */
  idle(): Promise<void>
}

export interface WriteLimits<Item> {
  readonly atOnce: number
  readonly mostBytes: number
  /** Never rejects. */
  readonly write: (item: Item) => Promise<void>
}

export function writeQueue<Item>({ atOnce, mostBytes, write }: WriteLimits<Item>): WriteQueue<Item> {
  let queue: { readonly item: Item; readonly bytes: number }[] = []
  let running = 0
  let held = 0
  let listeners: (() => void)[] = []

  const next = (): void => {
    const entry = running < atOnce ? queue.shift() : undefined
    if (entry) {
      void run(entry)
      next()
    } else if (running === 0) {
      for (const done of listeners) done()
      listeners = []
    }
  }
  const run = async ({ item, bytes }: { item: Item; bytes: number }): Promise<void> => {
    running++
    await write(item)
    running--
    held -= bytes
    next()
  }

  return {
    add(item, bytes) {
      // One item larger than the limit still goes, alone.
      if (held > 0 && held + bytes > mostBytes) return false
      held += bytes
      queue.push({ item, bytes })
      next()
      return true
    },
    drop() {
      const dropped = queue
      queue = []
      for (const { bytes } of dropped) held -= bytes
      if (running === 0) next()
      return dropped.map(({ item }) => item)
    },
    idle: () =>
      new Promise((resolve) => {
        listeners.push(resolve)
        next()
      }),
  }
}
