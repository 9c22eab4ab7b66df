/** What a run is about. */
export interface Selection {
  readonly apps: readonly string[]
  readonly newcomer: boolean
}

const NEWCOMER = 'newcomer'

/** The words that the runner was started with. */
export function selectedWords(env: NodeJS.ProcessEnv): string[] {
  return (env['PACELINE_MATRIX'] ?? '').split(',').filter((word) => word !== '')
}

/**
 * Apps by name, in the order of the matrix: all without a name, those of `npm test` for `quick`.
 *
 * @param words as on the command line
 * @throws {Error} for a name that is none, with those that are
 */
export function selectApps(
  words: readonly string[],
  apps: readonly { readonly name: string; readonly quick?: true }[],
): Selection {
  if (words.length === 0) return { apps: apps.map(({ name }) => name), newcomer: true }
  const names = [...apps.map(({ name }) => name), NEWCOMER, 'quick']
  const unknown = words.filter((word) => !names.includes(word))
  if (unknown.length > 0) {
    throw new Error(
      `The matrix has no app ${unknown.map((word) => `\`${word}\``).join(', ')}. Name some of: ${names.join(', ')}.`,
    )
  }
  const quick = words.includes('quick')
  const chosen = apps.filter((app) => words.includes(app.name) || (quick && app.quick))
  return { apps: chosen.map(({ name }) => name), newcomer: quick || words.includes(NEWCOMER) }
}
