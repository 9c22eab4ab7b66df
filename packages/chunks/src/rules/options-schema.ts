import { nearest } from '@paceline/kit'
import * as v from 'valibot'
import type { RuleOptions } from './options.ts'
import { parseLayer } from './parse-layer.ts'
import { ruleNames } from './rule-names.ts'

const severity = v.picklist(['off', 'warn', 'error'])
const text = v.pipe(v.string(), v.nonEmpty('must not be empty.'))
const list = v.pipe(v.array(text), v.minLength(1, 'names nothing. Write at least one, or remove it.'))
const size = v.union([v.string(), v.number()])
const count = v.pipe(
  v.number(),
  v.integer(({ received }) => `must be a whole number; received ${received}. Write how many are allowed.`),
  v.minValue(1, ({ received }) => `must be at least 1; received ${received}. Write how many are allowed.`),
)
const settings = { severity: v.optional(severity), ignore: v.optional(v.array(text)) }

/**
 * A short form or an object. The object is held to its own schema, so that a wrong key in it is named; a union would only say that
 * nothing fits.
 */
function eitherForm(short: v.GenericSchema, long: v.GenericSchema): v.GenericSchema {
  const isLong = (input: unknown): boolean => typeof input === 'object' && input !== null && !Array.isArray(input)
  return v.lazy((input) => (isLong(input) ? long : short))
}

function shortOr(short: v.GenericSchema, long: v.GenericSchema): v.GenericSchema {
  return v.optional(eitherForm(short, long))
}

const off = v.literal(false)
const switchable = v.lazy((input): v.GenericSchema => (input === false ? off : severity))
const listOrFalse = v.lazy((input): v.GenericSchema => (input === false ? off : list))
const rule = (parameters: v.ObjectEntries = {}): v.GenericSchema =>
  shortOr(switchable, v.strictObject({ ...settings, ...parameters }))
const weighed = rule({ above: v.optional(size) })

const forbiddenList = v.array(eitherForm(text, v.strictObject({ name: text, use: v.optional(text) })))
const layer = eitherForm(
  v.pipe(
    text,
    v.check(
      (line) => parseLayer(line) !== undefined,
      ({ received }) =>
        `is no layer rule; received ${received}. Write 'src/a/** may not import src/b/**', or 'src/features/* may not import each other'.`,
    ),
  ),
  v.strictObject({
    from: v.union([text, list]),
    to: v.union([text, list]),
    except: v.optional(v.union([text, list])),
    reason: v.optional(text),
  }),
)
const layers = v.pipe(v.array(layer), v.minLength(1, 'names nothing. Write at least one, or remove it.'))

const suppression = v.strictObject({
  rule: v.pipe(
    text,
    v.check(
      (name) => (ruleNames as readonly string[]).includes(name),
      ({ input }) => {
        const near = nearest(input, ruleNames)
        return `is not a rule; received '${input}'. ${near ? `Did you mean '${near}'?` : `Write one of ${ruleNames.join(', ')}.`}`
      },
    ),
  ),
  subject: text,
  reason: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty. Say why the violation is accepted.')),
  until: v.pipe(
    v.string(),
    v.check(
      isDay,
      ({ received }) => `is no day; received ${received}. Write the last day it is accepted, such as '2027-01-31'.`,
    ),
  ),
})

/** What `chunks` takes for the rules: to be spread into the schema of its options. */
export const ruleEntries: Readonly<Record<keyof RuleOptions, v.GenericSchema>> = {
  lazy: shortOr(listOrFalse, v.strictObject({ ...settings, modules: list })),
  forbidden: shortOr(
    off,
    v.pipe(
      v.strictObject({
        ...settings,
        initial: v.optional(forbiddenList),
        all: v.optional(forbiddenList),
        routes: shortOr(forbiddenList, v.record(v.string(), forbiddenList)),
      }),
      v.check(
        ({ initial = [], all = [], routes = {}, severity: level }) =>
          level === 'off' || [...initial, ...all, ...Object.values(routes as object).flat()].length > 0,
        'forbids nothing. Write `initial`, `routes` or `all`, or remove it.',
      ),
    ),
  ),
  duplicates: rule({ only: v.optional(list), above: v.optional(size) }),
  execution: rule(),
  circular: rule({ modules: v.optional(v.boolean()) }),
  depth: shortOr(off, v.strictObject({ ...settings, max: count })),
  requests: shortOr(
    off,
    v.pipe(
      v.strictObject({ ...settings, initial: v.optional(count), route: v.optional(count) }),
      v.check(
        ({ initial, route, severity: level }) => level === 'off' || initial !== undefined || route !== undefined,
        'allows everything. Write `initial`, `route` or both, or remove it.',
      ),
    ),
  ),
  tinyChunks: rule({ below: v.optional(size) }),
  redundantDynamicImport: rule(),
  waterfalls: rule({ max: v.optional(count) }),
  sideEffects: weighed,
  unused: rule(),
  legacy: weighed,
  barrels: weighed,
  devCode: weighed,
  inlinedAssets: weighed,
  serverCode: rule({ builtins: v.optional(v.picklist(['app', 'all'])) }),
  layers: shortOr(
    v.lazy((input): v.GenericSchema => (input === false ? off : layers)),
    v.strictObject({ ...settings, layers }),
  ),
  suppress: v.optional(v.array(suppression)),
}

/** A day that exists: `2027-02-30` does not. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
