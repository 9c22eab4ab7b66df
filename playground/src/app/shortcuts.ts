import { createStore, useStore } from './store.ts'

/** A place that two keys lead to, pressed one after the other. */
export interface Shortcut {
  id: string
  label: string
  keys: string
  to: string
}

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'dashboard', label: 'Dashboard', keys: 'g d', to: '/dashboard' },
  { id: 'projects', label: 'Projects', keys: 'g p', to: '/projects' },
  { id: 'photos', label: 'Photographs', keys: 'g f', to: '/photos' },
  { id: 'darkroom', label: 'Darkroom', keys: 'g r', to: '/darkroom' },
  { id: 'notes', label: 'Notes', keys: 'g n', to: '/notes' },
  { id: 'assets', label: 'Assets', keys: 'g a', to: '/assets' },
  { id: 'calendar', label: 'Calendar', keys: 'g c', to: '/calendar' },
  { id: 'settings', label: 'Settings', keys: 'g s', to: '/settings' },
  { id: 'search', label: 'Search', keys: '/', to: '/search' },
]

export interface ShortcutSettings {
  enabled: boolean
  /** Keys chosen by the user, by the id of the shortcut. */
  keys: Record<string, string>
}

const KEY = 'lumen.shortcuts'

function read(): ShortcutSettings {
  try {
    return { enabled: true, keys: {}, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<ShortcutSettings>) }
  } catch {
    return { enabled: true, keys: {} }
  }
}

const store = createStore(read())

export const useShortcutSettings = (): ShortcutSettings => useStore(store)

export function setShortcutSettings(next: ShortcutSettings): void {
  store.set(next)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Then it lasts until the page is closed.
  }
}

/**
 * Which shortcut a key completes, given the key before it. Keys typed into a field or together with a modifier are the
 * browser's and never arrive here.
 */
export function matchShortcut(previous: string, key: string, settings: ShortcutSettings): Shortcut | undefined {
  if (!settings.enabled) return undefined
  return SHORTCUTS.find((shortcut) => {
    const keys = settings.keys[shortcut.id] ?? shortcut.keys
    return keys === key || keys === `${previous} ${key}`
  })
}
