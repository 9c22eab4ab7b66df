/**
 * An absolute path as it compares with others: on Windows Vite writes `C:/app`, Node `C:\app`, and some terminals `c:\app`. Paths of other
 * systems, where a name may have a `\` in it, are what they are.
 */
export function comparablePath(path: string): string {
  if (!/^(?:[A-Za-z]:[\\/]|\\\\)/.test(path)) return path
  return path.replaceAll('\\', '/').replace(/^[a-z]:/, (drive) => drive.toUpperCase())
}

/**
 * Whether an absolute path lies below a directory, on whatever system.
 *
 * @param dir absolute; nothing lies in an empty one
 */
export function isInside(path: string, dir: string): boolean {
  return pathInside(path, dir) !== undefined
}

/**
 * The way from a directory to what lies below it, on whatever system.
 *
 * @param dir absolute; nothing lies in an empty one
 * @returns nothing for a path that lies elsewhere
 */
export function pathInside(path: string, dir: string): string | undefined {
  if (dir === '') return undefined
  const top = comparablePath(dir)
  const prefix = top.endsWith('/') ? top : `${top}/`
  const whole = comparablePath(path)
  return whole.startsWith(prefix) ? whole.slice(prefix.length) : undefined
}
