import { sep } from 'node:path'

/** Directories without those that lie inside others. */
export function outermost(dirs: readonly string[]): string[] {
  return dirs.filter((dir) => !dirs.some((other) => other !== dir && dir.startsWith(other + sep)))
}
