import { BEACON_PATH, parseOptions, resolveSla, type ResolvedSla } from '@paceline/kit'
import * as v from 'valibot'
import type { VitalsOptions } from './options.ts'

export interface ResolvedVitalsOptions {
  readonly endpoint: string
  readonly sampleRate: number
  readonly consent: boolean
  readonly attribution: boolean
  /** Patterns; `true`: all calls of the own origin. */
  readonly api: boolean | readonly string[]
  readonly bytes: boolean
  readonly errors: boolean
  readonly tti: boolean
  readonly routes: readonly string[] | undefined
  readonly overlay: 'dev' | 'query' | false
  readonly components: boolean | 'dev'
  readonly sla: ResolvedSla
}

const pattern = v.pipe(
  v.string(),
  v.check((text) => /^(?:\/|https?:\/\/)/.test(text), 'must begin with `/` or with `https://`.'),
)
const path = v.pipe(
  v.string(),
  v.check((text) => text.startsWith('/'), 'must begin with `/`.'),
)

const schema = v.strictObject({
  endpoint: v.optional(pattern, BEACON_PATH),
  sampleRate: v.optional(
    v.pipe(v.number(), v.gtValue(0, 'must be more than 0.'), v.maxValue(1, 'must be at most 1.')),
    1,
  ),
  consent: v.optional(v.picklist(['required', 'none']), 'none'),
  attribution: v.optional(v.boolean(), true),
  api: v.optional(v.union([v.boolean(), v.array(pattern)]), true),
  bytes: v.optional(v.boolean(), true),
  errors: v.optional(v.boolean(), true),
  tti: v.optional(v.boolean()),
  routes: v.optional(v.array(path)),
  overlay: v.optional(v.union([v.picklist(['dev', 'query']), v.literal(false)]), 'dev'),
  components: v.optional(v.union([v.boolean(), v.literal('dev')]), 'dev'),
  sla: v.optional(v.unknown()),
})

/** @throws `PACELINE_OPTIONS_INVALID` */
export function resolveVitalsOptions(options: VitalsOptions | undefined): ResolvedVitalsOptions {
  const parsed = parseOptions('vitals', schema, options)
  const sla = resolveSla(parsed.sla)
  return Object.freeze({
    ...parsed,
    consent: parsed.consent === 'required',
    tti: parsed.tti ?? sla.tti !== undefined,
    routes: parsed.routes,
    sla,
  })
}
