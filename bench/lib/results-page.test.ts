import { describe, expect, test } from 'vitest'
import { withSection } from './results-page.ts'

describe('withSection', () => {
  const page = '# One\n\na\n\n## Part\n\nb\n\n# Two\n\nc\n'

  test('replaces the section of the same heading, with its parts', () => {
    expect(withSection(page, '# One\n\nnew\n')).toBe('# One\n\nnew\n\n# Two\n\nc\n')
  })

  test('adds a section that is not there yet', () => {
    expect(withSection(page, '# Three\n')).toBe(`${page}\n# Three\n`)
    expect(withSection('', '# Three\n')).toBe('# Three\n')
  })

  test('leaves the page as it is when nothing changed', () => {
    expect(withSection(page, '# Two\n\nc\n')).toBe(page)
  })

  test('refuses a section without a heading', () => {
    expect(() => withSection(page, 'text')).toThrow(/must begin with a heading/)
  })
})
