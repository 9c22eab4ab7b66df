import { errorCodes } from '@paceline/kit'
import { describe, expect, it, test } from 'vitest'
import { assignPolicies } from './assign-policies.ts'
import type { PolicyOverrides } from './policy-options.ts'

const YEAR = 'public, max-age=31536000, immutable'
const cacheControl = (file: string, hashed: boolean, overrides?: PolicyOverrides): string | undefined => {
  const { names, policies } = assignPolicies([{ file, hashed }], { overrides })
  return policies[names.get(file)!]!['cache-control']
}

test.each([
  ['assets/index-a.js', true, YEAR],
  ['assets/index-a.css', true, YEAR],
  ['assets/inter-a.woff2', true, YEAR],
  ['assets/sum-a.wasm', true, YEAR],
  ['assets/photo-a.avif', true, YEAR],
  ['photo.avif', false, 'public, max-age=2592000'],
  ['index.html', false, 'no-cache'],
  ['docs/a-hash.html', true, 'no-cache'],
  ['sw.js', false, 'no-cache'],
  ['config.js', false, 'no-cache'],
  ['manifest.webmanifest', false, 'public, max-age=3600, must-revalidate'],
  ['robots.txt', false, 'public, max-age=3600, must-revalidate'],
  ['paceline-releases.json', false, 'no-cache'],
])('%s, hashed: %s, is kept as %s', (file, hashed, expected) => {
  expect(cacheControl(file, hashed)).toBe(expected)
})

describe('overrides', () => {
  it('are laid over the table, later globs over earlier ones', () => {
    const overrides = {
      'fonts/**': { 'Cache-Control': 'public, max-age=60', 'x-a': '1' },
      'fonts/b*': { 'x-a': '2' },
    }
    const files = ['fonts/a.woff2', 'fonts/b.woff2', 'c.woff2'].map((file) => ({ file, hashed: true }))
    const { names, policies } = assignPolicies(files, { overrides })
    expect(policies[names.get('fonts/a.woff2')!]).toEqual({
      'cache-control': 'public, max-age=60',
      'x-content-type-options': 'nosniff',
      'x-a': '1',
    })
    expect(policies[names.get('fonts/b.woff2')!]).toMatchObject({ 'x-a': '2', 'cache-control': 'public, max-age=60' })
    expect(policies[names.get('c.woff2')!]).toMatchObject({ 'cache-control': YEAR })
  })

  it('take a header away, or all of them', () => {
    const files = ['a.js', 'b.js'].map((file) => ({ file, hashed: true }))
    const overrides = { 'a.js': { 'x-content-type-options': false }, 'b.js': false } as const
    const { names, policies } = assignPolicies(files, { overrides })
    expect(policies[names.get('a.js')!]).toEqual({ 'cache-control': YEAR })
    expect(policies[names.get('b.js')!]).toEqual({})
  })

  it.each<[string, PolicyOverrides, string]>([
    ['a glob that no file matches', { 'font/**': {} }, 'PACELINE_DELIVERY_GLOB'],
    ['a value with a line break', { 'a.js': { 'x-a': '1\r\nset-cookie: a=b' } }, 'PACELINE_DELIVERY_HEADER'],
    ['a value that is empty', { 'a.js': { 'x-a': '' } }, 'PACELINE_DELIVERY_HEADER'],
    ['a name with a colon', { 'a.js': { 'x-a: 1': 'b' } }, 'PACELINE_DELIVERY_HEADER'],
    ['what the answer decides', { 'a.js': { 'Content-Encoding': 'br' } }, 'PACELINE_DELIVERY_HEADER'],
  ])('are refused by name: %s', (_, overrides, code) => {
    const attempt = (): unknown => assignPolicies([{ file: 'a.js', hashed: true }], { overrides })
    let codes: string[] = []
    try {
      attempt()
    } catch (error) {
      codes = errorCodes(error)
    }
    expect(codes).toEqual([code])
  })
})

it('lets pages of another origin load the files where the base is absolute', () => {
  const { names, policies } = assignPolicies([{ file: 'a.js', hashed: true }], { crossOrigin: true })
  expect(policies[names.get('a.js')!]!['access-control-allow-origin']).toBe('*')
})
