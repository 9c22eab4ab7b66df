import * as v from 'valibot'

/**
 * Headers by glob over the paths of the output directory. They are laid over what the table says; later globs win over earlier ones. A header
 * that is `false` is not sent, and a glob that is `false` takes all headers of ours away. A glob that matches no file is an error.
 *
 * @example
 * ```ts
 * policy: { 'fonts/**': { 'cache-control': 'public, max-age=31536000' }, 'embed/*.html': { 'x-frame-options': false } }
 * ```
 */
export type PolicyOverrides = Readonly<Record<string, Readonly<Record<string, string | false>> | false>>

/** Of the option `policy`. */
export const policySchema: v.GenericSchema<unknown, PolicyOverrides> = v.record(
  v.pipe(v.string(), v.nonEmpty('must not be empty.')),
  v.lazy((input) =>
    typeof input === 'boolean' ? v.literal(false) : v.record(v.string(), v.union([v.string(), v.literal(false)])),
  ),
) as v.GenericSchema<unknown, PolicyOverrides>
