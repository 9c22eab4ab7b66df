import type { Settings } from '../../shared/api.ts'
import { createStore, useStore } from './store.ts'

/** What this browser must know before the API answers. The page of the settings saves the same values in the studio. */
export type Preferences = Settings['appearance']

const KEY = 'lumen.preferences'
const DEFAULTS: Preferences = { theme: 'system', density: 'comfortable', reduceMotion: false }

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    // Private windows may refuse the storage; the defaults still make a usable page.
    return DEFAULTS
  }
}

const store = createStore(read())
apply(store.get())

export const usePreferences = (): Preferences => useStore(store)

export function setPreferences(change: Partial<Preferences>): void {
  const next = { ...store.get(), ...change }
  store.set(next)
  apply(next)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Then it lasts until the page is closed.
  }
}

function apply({ theme, density, reduceMotion }: Preferences): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  dataset['density'] = density
  dataset['motion'] = reduceMotion ? 'reduced' : 'full'
}
