import type { Expression, ObjectExpression } from 'oxc-parser'
import type { AppFacts } from './app/app-facts.ts'
import { printValue, type OptionLeaf, type Style } from './options-tree.ts'
import { unwrap } from './syntax/nodes.ts'
import { placeOf, type Source, type Span } from './syntax/parse.ts'
import { readValue, type Read } from './syntax/read-value.ts'

/** What became of an option, a plugin or a file of a tool, for people. */
export interface Note {
  readonly tool: string
  /** The option, script or file that is spoken of. */
  readonly subject: string
  /** Where it is, `vite.config.ts:12`. */
  readonly at: string
  readonly text: string
}

/** An option of Paceline that a tool's option became. */
export interface Setting {
  readonly path: readonly string[]
  readonly code: OptionLeaf
  readonly note: Omit<Note, 'text'>
}

/** What becomes of one plugin or file. Nothing of it counts when something has to stay. */
export interface Move {
  readonly settings: Setting[]
  /** Options that have a new place, which the text names. */
  readonly moved: Note[]
  /** Options that nothing has to be written for. */
  readonly automatic: Note[]
  readonly without: Note[]
  /** Why it stays as it is. */
  readonly left: Note[]
}

export function emptyMove(): Move {
  return { settings: [], moved: [], automatic: [], without: [], left: [] }
}

/** Where something is that is moved. */
export interface Subject {
  readonly tool: string
  /** As written: `workbox.globPatterns`. */
  readonly name: string
  readonly source: Source
  readonly node: Expression
  /** The options that it is one of. */
  readonly siblings?: ObjectExpression | undefined
}

/** One option of a tool, and what can be done with it. */
export class OptionMove {
  readonly facts: AppFacts
  readonly style: Style
  /** Without types around it. */
  readonly node: Expression
  readonly siblings: ObjectExpression | undefined
  readonly #source: Source
  readonly #note: Omit<Note, 'text'>
  readonly #move: Move

  constructor(move: Move, { tool, name, source, node, siblings }: Subject, facts: AppFacts, style: Style) {
    this.facts = facts
    this.style = style
    this.node = unwrap(node)
    this.siblings = siblings
    this.#source = source
    this.#move = move
    this.#note = { tool, subject: name, at: placeOf(source, node) }
  }

  /** A part of the value, under its own name. */
  part(name: string, node: Expression): OptionMove {
    return this.option(
      `${this.#note.subject}.${name}`,
      node,
      this.node.type === 'ObjectExpression' ? this.node : undefined,
    )
  }

  /** An option of the same tool and file. */
  option(name: string, node: Expression, siblings: ObjectExpression | undefined): OptionMove {
    const subject = { tool: this.#note.tool, name, source: this.#source, node, siblings }
    return new OptionMove(this.#move, subject, this.facts, this.style)
  }

  /** The value, or a part of it, as it is written. */
  code(span: Span = this.node): string {
    return this.#source.text.slice(span.start, span.end)
  }

  read(node: Expression = this.node): Read {
    return readValue(node, this.#source.program)
  }

  /** The value, when it can be read and is a text. */
  text(node?: Expression): string | undefined {
    const read = this.read(node)
    return read.known && typeof read.value === 'string' ? read.value : undefined
  }

  is(value: unknown): boolean {
    const read = this.read()
    return read.known && read.value === value
  }

  print(value: unknown): string {
    return printValue(value, this.style)
  }

  /** Writes an option of Paceline and says that this one became it. */
  to(path: string | readonly string[], code: OptionLeaf = this.code()): void {
    const names = typeof path === 'string' ? path.split('.') : path
    this.#move.moved.push({ ...this.#note, text: showPath(names) })
    this.also(names, code)
  }

  /** Writes an option without saying so. */
  also(path: string | readonly string[], code: OptionLeaf): void {
    const names = typeof path === 'string' ? path.split('.') : path
    this.#move.settings.push({ path: names, code, note: this.#note })
  }

  /** Says that nothing has to be written for it. */
  automatic(text: string): void {
    this.#move.automatic.push({ ...this.#note, text })
  }

  /** Says that it has no equivalent. It goes. */
  none(text: string): void {
    this.#move.without.push({ ...this.#note, text })
  }

  /** Says that the whole plugin or file stays for the sake of it. */
  stays(text: string): void {
    this.#move.left.push({ ...this.#note, text })
  }
}

/** Options as people write them: `budgets.files['assets/*.js']`. */
export function showPath(path: readonly string[]): string {
  return path.map((name, index) => (/^\w+$/.test(name) ? (index === 0 ? name : `.${name}`) : `['${name}']`)).join('')
}

/** What becomes of an option. The tables of the docs are made of these. */
export interface OptionRule {
  /** Its place in Paceline, or how else it is dealt with, for people. */
  readonly becomes: string
  /** What differs, for people. */
  readonly note?: string
  readonly move: (option: OptionMove) => void
}

export type OptionRules = Readonly<Record<string, OptionRule>>

/** Moves as it is written. */
export function same(path: string, note?: string): OptionRule {
  return { becomes: `\`${path}\``, ...(note && { note }), move: (option) => option.to(path) }
}

/** Needs nothing to be written. */
export function automatic(note: string): OptionRule {
  return { becomes: 'nothing to write', note, move: (option) => option.automatic(note) }
}

export function none(note: string): OptionRule {
  return { becomes: 'no equivalent', note, move: (option) => option.none(note) }
}

/** Keeps the plugin as it is. */
export function stays(note: string): OptionRule {
  return { becomes: 'stays as it is', note, move: (option) => option.stays(note) }
}
