import type { Comment, Program } from 'oxc-parser'
import { parseSync } from 'oxc-parser'
import { initError } from '../init-errors.ts'

/** A piece of syntax: what all nodes have. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A file that was parsed. Positions are UTF-16 offsets into `text`. */
export interface Source {
  /** As shown to people, relative to the app. */
  readonly file: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
}

/**
 * Parses a module in JavaScript or TypeScript; the extension says which.
 *
 * @throws `PACELINE_INIT_SYNTAX`
 */
export function parseModule(text: string, file: string): Source {
  const { program, comments, errors } = parseSync(file, text, { range: false })
  const [error] = errors
  if (error) throw initError('PACELINE_INIT_SYNTAX', [placeAt(text, error.labels[0]?.start ?? 0, file), error.message])
  return { file, text, program, comments }
}

/**
 * Parses JSON, with comments where people write some, as the expression that it also is. Positions are those of the text in brackets, see
 * {@link editJson}.
 *
 * @throws `PACELINE_INIT_SYNTAX`
 */
export function parseJson(text: string, file: string): Source {
  const source = parseSync(`${file}.js`, `(${text}\n)`, { range: false })
  const [error] = source.errors
  if (error) {
    const start = Math.max(0, (error.labels[0]?.start ?? 1) - 1)
    throw initError('PACELINE_INIT_SYNTAX', [placeAt(text, start, file), error.message])
  }
  return { file, text: `(${text}\n)`, program: source.program, comments: source.comments }
}

/** Changes JSON by a function over the parsed text that gives the whole new one. */
export function editJson(text: string, file: string, edit: (source: Source) => string): string {
  return edit(parseJson(text, file)).slice(1, -2)
}

/** Where a node is, for people and editors: `vite.config.ts:12`. */
export function placeOf({ file, text }: Pick<Source, 'file' | 'text'>, { start }: Pick<Span, 'start'>): string {
  return placeAt(text, start, file)
}

function placeAt(text: string, offset: number, file: string): string {
  return `${file}:${text.slice(0, offset).split('\n').length}`
}
