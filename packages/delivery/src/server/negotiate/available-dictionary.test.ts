import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { availableDictionary } from './available-dictionary.ts'

const digest = createHash('sha256').update('a dictionary').digest()
const base64 = digest.toString('base64')

describe('availableDictionary', () => {
  it.each([`:${base64}:`, ` :${base64}: `, `:${base64.slice(0, -1)}:`, `:${base64}:;a=1`])('reads %j', (value) => {
    expect(availableDictionary(value)).toBe(digest.toString('hex'))
  })

  it.each([
    undefined,
    '',
    base64,
    `"${base64}"`,
    `:${digest.toString('hex')}:`,
    `:${base64}:, :${base64}:`,
    `:${base64.slice(4)}:`,
    `:${base64.replaceAll(/./g, '!')}:`,
    `:${base64}:${'x'.repeat(10_000)}`,
  ])('takes %j for no dictionary', (value) => {
    expect(availableDictionary(value)).toBeUndefined()
  })
})
