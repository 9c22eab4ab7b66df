/** How each browser says that a module did not arrive; the last one is Vite's, for the styles of a page. */
const MISSING_CHUNK =
  /dynamically imported module|importing a module script failed|unable to preload css|failed to load module script/i

export interface ErrorText {
  title: string
  text: string
}

/** What happened and what to do, for a person who wanted to see a page. */
export function explainError(error: unknown, online: boolean): ErrorText {
  const message = error instanceof Error ? error.message : String(error)
  if (!MISSING_CHUNK.test(message)) {
    return { title: 'This page stopped working.', text: `Something in it failed: ${message}. Trying again may help.` }
  }
  if (!online) {
    return {
      title: 'This page is not on this device yet.',
      text: 'You are offline and have not opened it before. Try again as soon as you are connected.',
    }
  }
  return {
    title: 'This page did not arrive.',
    text: 'The connection dropped, or Lumen was updated since you opened it. Try again; if that does not help, reload.',
  }
}
