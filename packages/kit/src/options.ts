import * as v from 'valibot'
import { PacelineError } from './errors.ts'

/**
 * Checks a raw option object against its schema, once. All issues are collected and raised together, each by name.
 *
 * `undefined` counts as absent, so a default applies. The caller's object is never written.
 *
 * @param plugin the name users know, e.g. `'budgets'`; it prefixes every option in the message
 * @throws `PACELINE_OPTIONS_INVALID`
 */
export function parseOptions<const Schema extends v.GenericSchema>(
  plugin: string,
  schema: Schema,
  raw: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, raw ?? {})
  if (result.success) return result.output
  const problems = result.issues
    .flatMap((issue) => leaves(issue))
    .map((issue) => `  ${describe(plugin, schema, issue)}`)
  throw new PacelineError(
    'PACELINE_OPTIONS_INVALID',
    `\`${plugin}\` was given options it cannot use:\n${[...new Set(problems)].join('\n')}`,
  )
}

/** What is wrong, and where, from the top of the options. */
interface Problem {
  readonly issue: v.BaseIssue<unknown>
  readonly path: readonly v.IssuePathItem[]
}

/** A union reports one issue that hides the ones of its members, whose paths begin at the union; the deepest member is the one the user meant. */
function leaves(issue: v.BaseIssue<unknown>, above: Problem['path'] = []): Problem[] {
  const path = [...above, ...(issue.path ?? [])]
  const nested = (issue.issues ?? []).flatMap((inner) => leaves(inner, path))
  const deeper = nested.filter((inner) => inner.path.length > path.length)
  return deeper.length > 0 ? deeper : [{ issue, path }]
}

function describe(plugin: string, schema: v.GenericSchema, { issue, path }: Problem): string {
  const name = [plugin, ...path.map(({ key }) => String(key))].join('.')
  const parent = path.at(-1)
  if (issue.type === 'strict_object' && parent && issue.expected === 'never') {
    const known = knownKeys(schema, path)
    const near = nearest(String(parent.key), known)
    const hint = near ? `Did you mean \`${near}\`?` : known.length > 0 ? `Known here: ${known.join(', ')}.` : ''
    return `\`${name}\` is not an option. ${hint}`.trimEnd()
  }
  if (issue.type === 'strict_object' && parent && issue.received === 'undefined') return `\`${name}\` is missing.`
  if (issue.kind !== 'schema') return `\`${name}\` ${issue.message}`
  const choices = [...(issue.expected ?? '').matchAll(/"([^"]+)"/g)].map(([, choice]) => choice!)
  const near = typeof issue.input === 'string' ? nearest(issue.input, choices) : undefined
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`
  return `\`${name}\` has the wrong kind of value; received ${issue.received}. Expected ${issue.expected ?? 'something else'}.${hint}`
}

/** The keys of the object that the last key of a path was found in: valibot's issue does not say them. */
function knownKeys(schema: v.GenericSchema, path: Problem['path']): string[] {
  let current = concrete(schema, path[0]?.input)
  for (const { key, value } of path.slice(0, -1)) {
    const inner = current?.entries?.[String(key)] ?? current?.value ?? current?.item
    if (!inner) return []
    current = concrete(inner, value)
  }
  return Object.keys(current?.entries ?? {})
}

/** The fields of valibot's schemas that lead to what is inside them. */
interface Walkable {
  readonly wrapped?: v.GenericSchema
  readonly getter?: (input: unknown) => v.GenericSchema
  readonly entries?: Readonly<Record<string, v.GenericSchema>>
  readonly value?: v.GenericSchema
  readonly item?: v.GenericSchema
  /** Members of a union; values of a picklist. */
  readonly options?: readonly unknown[]
}

/** Takes off `optional`, asks `lazy` for its choice, and takes the member of a union that is an object. */
function concrete(schema: v.GenericSchema, input: unknown): Walkable {
  const walkable = schema as Walkable
  if (walkable.wrapped) return concrete(walkable.wrapped, input)
  if (walkable.getter) return concrete(walkable.getter(input), input)
  const members = (walkable.options ?? []).filter((option) => typeof option === 'object') as v.GenericSchema[]
  return members.map((member) => concrete(member, input)).find(({ entries }) => entries) ?? walkable
}

/** The known name at most a third of its letters away (Levenshtein), or nothing. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({
    candidate,
    distance: distance(name.toLowerCase(), candidate.toLowerCase()),
  }))
  ranked.sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(1, Math.ceil(name.length / 3)) ? best.candidate : undefined
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, substitution))
    }
    row = next
  }
  return row[b.length]!
}
