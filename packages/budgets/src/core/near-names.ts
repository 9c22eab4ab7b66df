import { nearest } from '@paceline/kit'

const SHOWN = 8

/** "Did you mean …? Known: …" for a name that matches nothing. */
export function nearNames(name: string, known: readonly string[], what: string): string {
  if (known.length === 0) return `The build has no ${what}.`
  const near = nearest(name, known)
  const hint = near === undefined ? '' : `Did you mean '${near}'? `
  const more = known.length > SHOWN ? `, and ${known.length - SHOWN} more` : ''
  return `${hint}Known ${what}: ${known.slice(0, SHOWN).join(', ')}${more}.`
}
