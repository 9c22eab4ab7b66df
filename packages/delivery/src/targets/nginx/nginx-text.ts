/** A map directive: entries of one value each. */
export interface NginxMap {
  /** What is looked at, `$paceline_path` or `"$a:$b"`. */
  readonly of: string
  /** Name of the variable, without `$paceline_`. */
  readonly as: string
  readonly comment: string
  /** @default '""' */
  readonly fallback?: string
  /** As they stand: quoted keys and values. */
  readonly entries: readonly (readonly [key: string, value: string])[]
}

/** The variable that stands for a dollar sign: in a value nginx has no other way of writing one. */
export const DOLLAR = '$paceline_dollar'

/** A value, quoted; a dollar sign in it is one. */
export function value(text: string): string {
  return `"${escaped(text).replaceAll('$', '${paceline_dollar}')}"`
}

/** What a map compares with, quoted. Strings are compared without regard to case, expressions that begin with `~` with it. */
export function key(text: string): string {
  return `"${escaped(text)}"`
}

/** A key that is an expression. */
export function expression(source: string): string {
  return `"~${escaped(source)}"`
}

/** An expression for which case does not matter. */
export function looseExpression(source: string): string {
  return `"~*${escaped(source)}"`
}

function escaped(text: string): string {
  return text.replaceAll(/["\\]/g, String.raw`\$&`)
}

export function mapText({ of, as, comment, fallback = '""', entries }: NginxMap): string {
  const lines = entries.map(([from, to]) => `  ${from} ${to};`)
  return [`# ${comment}`, `map ${of} $paceline_${as} {`, `  default ${fallback};`, ...lines, '}', ''].join('\n')
}
