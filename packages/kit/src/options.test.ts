import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { errorCodes } from './errors.ts'
import { parseOptions } from './options.ts'

const inner = v.strictObject({ limit: v.number(), encoding: v.optional(v.string()) })
const schema = v.strictObject({
  initial: v.optional(v.number()),
  chunks: v.optional(
    v.record(
      v.string(),
      v.lazy((input) => (typeof input === 'number' ? v.number() : inner)),
    ),
  ),
  list: v.optional(v.array(inner)),
  strategy: v.optional(v.picklist(['default', 'planned', 'vendor'])),
  cache: v.optional(
    v.union([v.literal(false), v.strictObject({ dir: v.string(), of: v.union([v.boolean(), inner]) })]),
  ),
})

const message = (raw: unknown): string => {
  try {
    parseOptions('demo', schema, raw)
  } catch (error) {
    expect(errorCodes(error)).toEqual(['PACELINE_OPTIONS_INVALID'])
    return (error as Error).message
  }
  return ''
}

describe('parseOptions', () => {
  it('gives what it accepts, and an empty object for undefined', () => {
    expect(parseOptions('demo', schema, { chunks: { a: 1 } })).toEqual({ chunks: { a: 1 } })
    expect(parseOptions('demo', schema, undefined)).toEqual({})
  })

  it('suggests the nearest of the values that there are', () => {
    expect(message({ strategy: 'planed' })).toMatch(
      /received "planed"\. Expected .*"vendor".* Did you mean "planned"\?$/,
    )
    expect(message({ strategy: 'fastest' })).not.toContain('Did you mean')
  })

  it('suggests the nearest name for an unknown key, at every depth', () => {
    expect(message({ intial: 1 })).toContain('`demo.intial` is not an option. Did you mean `initial`?')
    expect(message({ chunks: { a: { limit: 1, encodin: 'raw' } } })).toContain(
      '`demo.chunks.a.encodin` is not an option. Did you mean `encoding`?',
    )
    expect(message({ list: [{ limit: 1, x: 1 }] })).toContain(
      '`demo.list.0.x` is not an option. Known here: limit, encoding.',
    )
  })

  it('looks into what may be an object or something else, at every depth', () => {
    expect(message({ cache: { dir: 'x', of: { limit: 1, encodin: 'raw' } } })).toContain(
      '`demo.cache.of.encodin` is not an option. Did you mean `encoding`?',
    )
    expect(message({ cache: { dir: 'x', of: { limit: '1' } } })).toContain('`demo.cache.of.limit` has the wrong kind')
    expect(
      message({ cache: { dirr: 'x', of: true } })
        .split('\n')
        .slice(1),
    ).toEqual(['  `demo.cache.dir` is missing.', '  `demo.cache.dirr` is not an option. Did you mean `dir`?'])
    expect(message({ cache: 1 })).toContain('`demo.cache` has the wrong kind of value; received 1.')
  })

  it('says that a required key is missing', () => {
    expect(message({ chunks: { a: {} } })).toContain('`demo.chunks.a.limit` is missing.')
  })

  it('collects all problems', () => {
    expect(message({ intial: 1, initial: 'x' }).split('\n')).toHaveLength(3)
  })
})
