import { normalize } from '@paceline/build-graph'
import { pathInside } from '@paceline/kit'
import type { Rollup } from 'vite'

/** All that a build begins with, however it is written; none is Vite's default, `index.html`. */
export function namesOf(input: Rollup.InputOption | undefined): string[] {
  if (input === undefined) return []
  return typeof input === 'string' ? [input] : Object.values(input)
}

/** Whether Vite takes an input for a page. */
export function isHtml(input: string): boolean {
  return /\.html?$/.test(input)
}

/** The path of an input below the root, where it lies there; pages keep it in the output. */
export function pathOf(input: string, root: string): string {
  const inside = pathInside(input, root)
  return inside === undefined ? normalize(input).replace(/^\.?\//, '') : normalize(inside)
}
