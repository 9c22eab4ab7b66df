import type { Shortcut } from '../../app/shortcuts.ts'

/** Ids of the shortcuts whose keys another one has as well, or that have none. */
export function conflicts(shortcuts: readonly Shortcut[], keys: Readonly<Record<string, string>>): Set<string> {
  const groups = Map.groupBy(shortcuts, (shortcut) => (keys[shortcut.id] ?? shortcut.keys).trim())
  return new Set(
    [...groups].flatMap(([text, group]) => (text === '' || group.length > 1 ? group.map((one) => one.id) : [])),
  )
}
