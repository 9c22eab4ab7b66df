import type { AcceptedPlugin } from 'postcss'
import { searchForWorkspaceRoot, type CSSOptions } from 'vite'

/**
 * The PostCSS options of an app with one plugin more, which runs behind the app's own.
 *
 * Vite looks for a PostCSS config only where `css.postcss` is no object, and an object is the only way to add a plugin: so the
 * config is looked for here, in the same way, and handed over.
 *
 * @param postcss `css.postcss` as the user wrote it
 * @returns what a `config` hook gives for `css.postcss`; Vite joins it with an object of the user's
 */
export async function withPostcssPlugin(
  postcss: CSSOptions['postcss'],
  root: string,
  plugin: AcceptedPlugin,
): Promise<Exclude<CSSOptions['postcss'], string | undefined>> {
  if (typeof postcss === 'object') return { plugins: [plugin] }
  const { default: loadConfig } = await import('postcss-load-config')
  const found = await loadConfig({}, postcss ?? root, { stopDir: searchForWorkspaceRoot(root) }).catch(notFound)
  return { ...found?.options, plugins: [...(found?.plugins ?? []), plugin] }
}

function notFound(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('No PostCSS Config found')) return undefined
  throw error
}
