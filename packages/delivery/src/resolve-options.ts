import { PacelineError, parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import type { DeliveryOptions } from './options.ts'
import { linksSchema, type LinksOptions } from './links/links-options.ts'
import { speculationSchema, type SpeculationOptions } from './links/speculation-rules.ts'
import { policySchema, type PolicyOverrides } from './policy/policy-options.ts'
import { targetOptionsSchema, targetsSchema, type TargetOptions } from './targets/target-options.ts'
import type { TargetName } from './targets/target.ts'

export interface ResolvedDeliveryOptions {
  readonly releases: number
  /** Milliseconds. */
  readonly maxAge: number | undefined
  readonly deltas: boolean
  readonly history: string | undefined
  readonly policy: PolicyOverrides
  readonly links: LinksOptions | false
  readonly speculation: SpeculationOptions | undefined
  readonly integrity: boolean
  readonly targets: readonly TargetName[]
  readonly targetOptions: TargetOptions
  readonly purge: { readonly origin?: string | undefined }
}

const HOUR = 3_600_000
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR }

/** More would fill disks, and every build would try deltas against all of them. */
const MOST_RELEASES = 100

const schema = v.strictObject({
  releases: v.optional(
    v.pipe(
      v.number(),
      v.integer('must be a whole number.'),
      v.minValue(0, 'must not be negative.'),
      v.maxValue(MOST_RELEASES, `must be at most ${MOST_RELEASES}.`),
    ),
    5,
  ),
  maxAge: v.optional(v.union([v.string(), v.number()])),
  deltas: v.optional(v.boolean(), true),
  history: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty.'))),
  policy: v.optional(policySchema, {}),
  links: v.optional(linksSchema, {}),
  speculation: v.optional(speculationSchema),
  integrity: v.optional(v.boolean(), false),
  targets: v.optional(targetsSchema, []),
  targetOptions: v.optional(targetOptionsSchema, {}),
  purge: v.optional(v.strictObject({ origin: v.optional(v.string()) }), {}),
})

/** @throws `PACELINE_OPTIONS_INVALID` */
export function resolveDeliveryOptions(options: DeliveryOptions | undefined): ResolvedDeliveryOptions {
  const { maxAge, history, speculation, ...parsed } = parseOptions('delivery', schema, options)
  return Object.freeze({
    ...parsed,
    history,
    speculation,
    maxAge: maxAge === undefined ? undefined : parseAge(maxAge, 'delivery.maxAge'),
  })
}

/**
 * An age in milliseconds.
 *
 * @throws `PACELINE_OPTIONS_INVALID`
 */
export function parseAge(age: string | number, subject: string): number {
  const [, count, unit = 'd'] = /^\s*(\d+(?:\.\d+)?)\s*([hdw])?\s*$/.exec(String(age)) ?? []
  if (count !== undefined) return Number(count) * UNITS[unit]!
  throw new PacelineError(
    'PACELINE_OPTIONS_INVALID',
    `\`${subject}\` is no age; received ${JSON.stringify(age)}. Write a number of days, or a text such as '30d', '12h' or '8w'.`,
  )
}
