import * as v from 'valibot'

/** What pages say of the files that they load first, in `Link` headers and 103 Early Hints. */
export interface LinksOptions {
  /**
   * Links per page at most; what is left out is what is smallest.
   *
   * @default 16
   */
  readonly limit?: number | undefined
  /**
   * Globs of fonts, relative to the output directory, that every page shows at once. A font that is not shown is downloaded for nothing.
   *
   * @default [] those that the HTML preloads
   */
  readonly fonts?: readonly string[] | undefined
  /**
   * The largest picture at the top of a route, as a glob, by the path pattern of the route.
   *
   * @default {} none: it cannot be known from a build
   */
  readonly heroes?: Readonly<Record<string, string>> | undefined
}

/** Of the option `links`; `false` sends none. */
export const linksSchema: v.GenericSchema<unknown, LinksOptions | false> = v.lazy((input) =>
  typeof input === 'boolean'
    ? v.literal(false)
    : v.strictObject({
        limit: v.optional(
          v.pipe(v.number(), v.integer('must be a whole number.'), v.minValue(0, 'must not be negative.')),
        ),
        fonts: v.optional(v.array(v.string())),
        heroes: v.optional(v.record(v.string(), v.string())),
      }),
) as v.GenericSchema<unknown, LinksOptions | false>
