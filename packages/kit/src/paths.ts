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
  if (dir === '') return false
  const prefix = comparablePath(dir)
  return comparablePath(path).startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)
}
