import { changed, life } from './delivery.ts'

/** Counts what nothing caught, and files of the app that did not load. */
export function observeErrors(): void {
  const count = (kind: 'unhandled' | 'chunks'): void => {
    const errors = (life.errors ??= { unhandled: 0, chunks: 0 })
    errors[kind]++
    changed()
  }
  addEventListener(
    'error',
    ({ target }) => {
      // Of an element it does not bubble: this hears it on its way down.
      if (!(target instanceof Element)) count('unhandled')
      else if (/^(SCRIPT|LINK)$/.test(target.tagName)) count('chunks')
    },
    true,
  )
  addEventListener('unhandledrejection', () => count('unhandled'))
  addEventListener('vite:preloadError', () => count('chunks'))
}
