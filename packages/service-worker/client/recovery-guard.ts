const KEY = 'paceline:reloads'
/** More reloads than that in one session help nobody, whatever their reason. */
const AT_MOST = 3

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

/**
 * Whether a reload for a missing file may be tried, and notes that it is: once for each file and tab. Without storage there is no telling, so there
 * is no reload.
 */
export function mayReloadFor(url: string, storage: Storage | undefined): boolean {
  try {
    const tried = readTried(storage?.getItem(KEY) ?? null)
    if (!storage || tried.includes(url) || tried.length >= AT_MOST) return false
    storage.setItem(KEY, JSON.stringify([...tried, url]))
    return true
  } catch {
    return false
  }
}

function readTried(text: string | null): string[] {
  if (text === null) return []
  const value = JSON.parse(text) as unknown
  return Array.isArray(value) ? value.map(String) : []
}

/** The address in a browser's message about a module or stylesheet that could not be loaded; Safari's has none. */
export function missingFile(message: string): string | undefined {
  return /(?:https?:\/\/|\/)[^\s'"]+/.exec(message)?.[0]
}

/** The memory of this tab, where the browser lets us have it. */
export function sessionStorageOrNone(): Storage | undefined {
  try {
    return sessionStorage
  } catch {
    return undefined
  }
}
