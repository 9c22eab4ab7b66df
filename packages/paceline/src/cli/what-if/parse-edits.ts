import { cliError } from '../cli-errors.ts'

/** A change that somebody thinks of, in their own words. */
export type WhatIf =
  | { readonly kind: 'lazy'; readonly subject: string }
  | { readonly kind: 'drop'; readonly subject: string }
  | { readonly kind: 'replace'; readonly from: string; readonly to: string }
  | { readonly kind: 'merge'; readonly chunks: readonly [string, string] }

const VERBS: ReadonlySet<string> = new Set(['lazy', 'drop', 'replace', 'merge'])

/**
 * Reads `lazy src/a.ts src/b.ts drop moment replace a=b merge x y`: every word after a verb is a change of its own, but
 * for `merge`, which takes two.
 *
 * @throws `PACELINE_WHAT_IF_SYNTAX`
 */
export function parseEdits(words: readonly string[]): WhatIf[] {
  const edits: WhatIf[] = []
  let verb: string | undefined
  let taken: string[] = []
  const close = (): void => {
    if (verb === undefined) return
    if (taken.length === 0) throw cliError('PACELINE_WHAT_IF_SYNTAX', [`\`${verb}\` names nothing`])
    if (verb === 'merge' && taken.length % 2 === 1) {
      throw cliError('PACELINE_WHAT_IF_SYNTAX', [`\`merge\` needs two chunks; received ${taken.length}`])
    }
    edits.push(...(verb === 'merge' ? pairs(taken) : taken.map((word) => editOf(verb!, word))))
  }
  for (const word of words) {
    if (VERBS.has(word)) {
      close()
      verb = word
      taken = []
    } else if (verb === undefined) {
      throw cliError('PACELINE_WHAT_IF_SYNTAX', [`\`${word}\` is not a change`])
    } else taken.push(word)
  }
  close()
  return edits
}

/** The change in words, as it was asked for. */
export function labelOf(edit: WhatIf): string {
  switch (edit.kind) {
    case 'replace':
      return `replace ${edit.from}=${edit.to}`
    case 'merge':
      return `merge ${edit.chunks.join(' ')}`
    default:
      return `${edit.kind} ${edit.subject}`
  }
}

function pairs(names: readonly string[]): WhatIf[] {
  return names.flatMap((name, index): WhatIf[] =>
    index % 2 === 0 ? [{ kind: 'merge', chunks: [name, names[index + 1]!] }] : [],
  )
}

function editOf(verb: string, word: string): WhatIf {
  if (verb !== 'replace') return { kind: verb === 'lazy' ? 'lazy' : 'drop', subject: word }
  const [, from, to] = /^([^=]+)=([^=]+)$/.exec(word) ?? []
  if (from !== undefined && to !== undefined) return { kind: 'replace', from, to }
  throw cliError('PACELINE_WHAT_IF_SYNTAX', [`\`replace\` needs \`a=b\`; received '${word}'`])
}
