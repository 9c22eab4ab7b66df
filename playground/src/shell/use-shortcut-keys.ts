import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { matchShortcut, useShortcutSettings } from '../app/shortcuts.ts'

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="grid"], dialog[open]'
/** How long after the first key the second one still belongs to it. */
const TOGETHER_MS = 1_200

/** Listens for the shortcuts everywhere but where keys are text. */
export function useShortcutKeys(): void {
  const navigate = useNavigate()
  const settings = useShortcutSettings()
  useEffect(() => {
    let previous = { key: '', at: 0 }
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      const first = event.timeStamp - previous.at < TOGETHER_MS ? previous.key : ''
      const shortcut = matchShortcut(first, event.key, settings)
      previous = { key: event.key, at: event.timeStamp }
      if (!shortcut) return
      event.preventDefault()
      void navigate(shortcut.to)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [navigate, settings])
}
