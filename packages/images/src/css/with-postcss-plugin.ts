import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
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
  const stopDir = searchForWorkspaceRoot(root)
  if (postcss === undefined && !mayHaveConfig(resolve(root), stopDir)) return { plugins: [plugin] }
  const { default: loadConfig } = await import('postcss-load-config')
  const found = await loadConfig({}, postcss ?? root, { stopDir }).catch(notFound)
  return { ...found?.options, plugins: [...(found?.plugins ?? []), plugin] }
}

/** Whether postcss-load-config has anything to look into: most apps have nothing, and loading it and asking for each name takes 10 ms of a build. */
function mayHaveConfig(folder: string, last: string): boolean {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return true
  }
  if (names.some((name) => /^(?:\.postcssrc|postcss\.config)(?:\.|$)/.test(name))) return true
  if (names.includes('package.json') && readFileSync(join(folder, 'package.json'), 'utf8').includes('"postcss"'))
    return true
  const parent = dirname(folder)
  return folder !== last && parent !== folder && mayHaveConfig(parent, last)
}

function notFound(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('No PostCSS Config found')) return undefined
  throw error
}
