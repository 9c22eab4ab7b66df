import { parseSync } from 'oxc-parser'

/**
 * The names a bundled declaration file exports, sorted; types carry `type` in front, as in the list of exports that the
 * bundler writes at the end.
 */
export function readExports(declarations: string, file: string): string[] {
  const { module, errors } = parseSync(file, declarations)
  if (errors.length > 0) throw new Error(`\`${file}\` cannot be read; ${errors[0]?.message}. Build the packages again.`)
  const names = module.staticExports.flatMap(({ entries }) =>
    entries.map(({ exportName, isType }) => `${isType ? 'type ' : ''}${exportName.name ?? 'default'}`),
  )
  return names.sort()
}
