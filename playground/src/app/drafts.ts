import { createStore, useStore } from './store.ts'

/** Text that is on this device and not yet in the studio. */
export interface Draft {
  id: string
  title: string
  body: string
  at: string
}

const KEY = 'lumen.drafts'

function read(): Readonly<Record<string, Draft>> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Draft>
  } catch {
    return {}
  }
}

const store = createStore(read())

export const useDrafts = (): Draft[] => Object.values(useStore(store))
export const findDraft = (id: string): Draft | undefined => store.get()[id]

export function keepDraft(draft: Draft): void {
  write({ ...store.get(), [draft.id]: draft })
}

export function dropDraft(id: string): void {
  write(Object.fromEntries(Object.entries(store.get()).filter(([key]) => key !== id)))
}

function write(drafts: Readonly<Record<string, Draft>>): void {
  store.set(drafts)
  try {
    localStorage.setItem(KEY, JSON.stringify(drafts))
  } catch {
    // The storage is full or refused; the text is still in the editor.
  }
}
