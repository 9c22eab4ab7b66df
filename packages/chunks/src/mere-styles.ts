import { STYLESHEET } from '@paceline/build-graph'

const CSS_MODULE = /\.module\.\w+(?:$|\?)/

/**
 * Whether nothing is left of a module but CSS, not even names of classes for scripts. Vite makes a mere stylesheet of a chunk of such
 * modules (`pureCssChunks` in its css plugin) and puts it **behind** the CSS of the chunks that import it, although it would run before them.
 *
 * @param id of a module, an absolute path or not
 */
export function isMereStyle(id: string): boolean {
  return STYLESHEET.test(id) && !CSS_MODULE.test(id)
}
