import { createStore, useStore } from './store.ts'

const store = createStore('')

/** What a screen reader is told after a navigation. */
export const useAnnouncement = (): string => useStore(store)

export const announce = (text: string): void => store.set(text)
