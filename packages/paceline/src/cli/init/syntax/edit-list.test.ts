import { describe, expect, it } from 'vitest'
import { editList, type AddedItem } from './edit-list.ts'
import { rootOf } from '../app/load-tool-config.ts'
import { parseModule, type Span } from './parse.ts'

/** Edits the list that a module exports; what goes is named by its text. */
function edit(text: string, gone: readonly string[], added: readonly AddedItem[] = []): string {
  const source = parseModule(text, 'list.ts')
  const list = rootOf(source)
  const items =
    list?.type === 'ArrayExpression'
      ? list.elements.filter((element) => element !== null)
      : list?.type === 'ObjectExpression'
        ? list.properties
        : []
  const removed = new Set<Span>(items.filter(({ start, end }) => gone.includes(text.slice(start, end))))
  expect(removed.size).toBe(gone.length)
  return editList(source, { list: list!, items, removed, added })
}

describe('editList', () => {
  it.each([
    ['the first of a line', '[a, b, c]', ['a'], '[b, c]'],
    ['the last of a line', '[a, b, c]', ['c'], '[a, b]'],
    ['the last with a comma behind it', '[a, b, ]', ['b'], '[a, ]'],
    ['all', '[ a, b ]', ['a', 'b'], '[]'],
    ['a property', '{ a: 1, b: 2 }', ['a: 1'], '{ b: 2 }'],
  ])('removes %s', (_, before, gone, after) => {
    expect(edit(`export default ${before}`, gone)).toBe(`export default ${after}`)
  })

  it('takes the comments of what goes along, and keeps all others', () => {
    const before = `export default [
  // one
  a, // first
  /* two, with a comma */
  b /* before the comma */, // second

  // three
  c // third
]
`
    expect(edit(before, ['a'])).toBe(before.replace('  // one\n  a, // first\n', ''))
    expect(edit(before, ['c'])).toBe(
      before.replace(
        ' /* before the comma */, // second\n\n  // three\n  c // third',
        ' /* before the comma */ // second',
      ),
    )
    expect(edit(before, [])).toBe(before)
  })

  it('adds where the others are, with or without a comma as before', () => {
    expect(edit('export default [a, b]', [], [{ code: 'c' }])).toBe('export default [a, b, c]')
    expect(edit('export default [a, b]', [], [{ code: 'c', at: 0 }])).toBe('export default [c, a, b]')
    expect(edit('export default []', [], [{ code: 'c' }])).toBe('export default [c]')
    expect(edit('export default [\n\ta, // one\n]', [], [{ code: 'c' }])).toBe('export default [\n\ta, // one\n\tc,\n]')
    expect(edit('export default [\n\ta // one\n]', [], [{ code: 'c' }])).toBe('export default [\n\ta, // one\n\tc\n]')
  })

  it('keeps Windows line ends', () => {
    expect(edit('export default [\r\n  a,\r\n  b,\r\n]\r\n', ['a'])).toBe('export default [\r\n  b,\r\n]\r\n')
  })
})
