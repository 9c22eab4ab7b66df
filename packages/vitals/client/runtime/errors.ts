import { addCulprit, fileOf } from './culprits.ts'
import { changed, life } from './delivery.ts'

/** `ERROR_LINE` of the contract in @paceline/kit, which is not for browsers. */
const ERROR_LINE = 2 ** 24
/** The first place in a stack, whoever wrote it: `at f (https://…/file.js:1:23)`, `f@https://…/file.js:1:23`. */
const PLACE = /:\/\/(\S+):(\d+):(\d+)/

/** Counts what nothing caught, with the places it came from, and files of the app that did not load. What an error says stays in the page. */
export function observeErrors(): void {
  const count = (kind: 'unhandled' | 'chunks', stack?: string): void => {
    const errors = (life.errors ??= { unhandled: 0, chunks: 0 })
    errors[kind]++
    const [, url, line, column] = PLACE.exec(stack!) ?? []
    if (url) addCulprit({ metric: 'error', file: fileOf(url), char: +line! * ERROR_LINE + +column!, ms: 0 })
    changed()
  }
  addEventListener(
    'error',
    ({ target, filename, lineno, colno }) => {
      // Of an element it does not bubble: this hears it on its way down.
      if (!(target instanceof Element)) count('unhandled', `${filename}:${lineno}:${colno}`)
      // What is only preloaded fails again when it is needed.
      else if (target.matches('script,[rel=stylesheet]')) count('chunks')
    },
    true,
  )
  addEventListener('unhandledrejection', ({ reason }) => count('unhandled', String(reason?.stack)))
  // Vite says it of a style sheet, too, whose element has been heard of above.
  addEventListener('vite:preloadError', ({ payload }: Event & { readonly payload?: unknown }) => {
    if (!String(payload).startsWith('Error: Unable')) count('chunks')
  })
}
