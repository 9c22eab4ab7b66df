const STYLES = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)(?:$|\?)/
const CSS_MODULE = /\.module\.\w+(?:$|\?)/

/**
 * Whether nothing is left of a module but CSS, not even names of classes for scripts. Vite makes a mere stylesheet of a chunk of such
 * modules (`pureCssChunks` in its css plugin) and puts it **behind** the CSS of the chunks that import it, although it would run before them.
 *
 * @param id of a module, an absolute path or not
 */
export function isMereStyle(id: string): boolean {
  return STYLES.test(id) && !CSS_MODULE.test(id)
}
