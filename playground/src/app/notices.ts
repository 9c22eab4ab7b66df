import { createStore, useStore } from './store.ts'

export interface Notice {
  id: number
  text: string
  tone: 'done' | 'problem'
}

const STAYS_MS = 6_000
const store = createStore<readonly Notice[]>([])
let last = 0

export const useNotices = (): readonly Notice[] => useStore(store)

/** Tells the user what happened, on the screen and to a screen reader, and takes it away again after a while. */
export function notify(text: string, tone: Notice['tone'] = 'done'): void {
  const id = ++last
  store.set([...store.get().slice(-2), { id, text, tone }])
  setTimeout(() => dismiss(id), STAYS_MS)
}

export function dismiss(id: number): void {
  store.set(store.get().filter((notice) => notice.id !== id))
}
