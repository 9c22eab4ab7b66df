const KEY = 'paceline:reloads'
/** More reloads than that help nobody, whatever their reason: two servers may have two releases, and a file may be gone from all. */
const AT_MOST = 3
const WITHIN_MS = 3_600_000

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>
type Reload = readonly [file: string, at: number]

/**
 * Whether this tab may reload by itself: three times an hour, and once for each missing file. Without storage there is no telling, so there is no
 * reload.
 *
 * @param now milliseconds since the epoch
 * @param file the one that is missing; none for a new release
 */
export function mayReload(storage: Storage | undefined, now: number, file?: string): boolean {
  const reloads = read(storage, now)
  return reloads !== undefined && reloads.length < AT_MOST && !reloads.some(([other]) => other === file)
}

/**
 * To be called right before the reload.
 *
 * @returns whether it can be remembered, without which there must be none
 */
export function noteReload(storage: Storage | undefined, now: number, file = ''): boolean {
  try {
    storage!.setItem(KEY, JSON.stringify([...read(storage, now)!, [file, now]]))
    return true
  } catch {
    return false
  }
}

/** The reloads of the last hour. A clock that was set back brings none of them back for longer than that. */
function read(storage: Storage | undefined, now: number): readonly Reload[] | undefined {
  try {
    const reloads = JSON.parse(storage!.getItem(KEY) ?? '[]') as readonly Reload[]
    return reloads.filter(([, at]) => Math.abs(now - at) < WITHIN_MS)
  } catch {
    return undefined
  }
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
