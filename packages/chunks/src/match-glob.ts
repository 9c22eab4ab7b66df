import picomatch, { type PicomatchOptions } from 'picomatch'

/**
 * A glob for paths of an app. Folders of routes have names such as `(auth)` and `[id]`: parentheses mean themselves, but for extglobs
 * (`@(a)`, `(a|b)`), and brackets mean themselves too.
 */
export function globMatcher(glob: string, options: PicomatchOptions = {}): (path: string) => boolean {
  const plain = glob.replace(/(?<![?*+@!\\])\(([^()|]*)\)/g, '\\($1\\)')
  const matches = picomatch(plain, options)
  if (!plain.includes('[')) return matches
  const literally = picomatch(plain.replace(/[[\]]/g, '\\$&'), options)
  return (path) => literally(path) || matches(path)
}
