import { describe, expect, test } from 'vitest'
import { charTable, moduleAt } from './char-table.ts'

const subject = { file: 'assets/index.js', hash: '0123456789abcdef' }

describe('charTable', () => {
  test('names the module of every position, and nobody for what the bundler wrote', () => {
    const ranges = [
      { start: 0, end: 4, owner: -1 },
      { start: 4, end: 10, owner: 1 },
      { start: 10, end: 11, owner: 0 },
    ]
    const table = charTable(subject, ranges, ['src/b.ts', 'src/a.ts'], 'x'.repeat(11))
    expect(table.runs).toEqual([4, -1, 6, 0, 1, 1])
    const owners = Array.from({ length: 13 }, (_, position) => moduleAt(table, position - 1))
    const a = Array.from({ length: 6 }, () => 'src/a.ts')
    expect(owners).toEqual([undefined, ...Array.from({ length: 4 }), ...a, 'src/b.ts', undefined])
  })

  test('says where lines begin, as stack traces count them', () => {
    const ranges = [{ start: 0, end: 12, owner: 0 }]
    expect(charTable(subject, ranges, ['src/a.ts'], 'ab\ncd\r\n`\u2028`').lines).toEqual([3, 7, 9])
    expect(charTable(subject, ranges, ['src/a.ts'], 'abc').lines).toBeUndefined()
  })

  test('joins neighbours that the report shows under one id', () => {
    const ranges = [
      { start: 0, end: 3, owner: 0 },
      { start: 3, end: 5, owner: 1 },
    ]
    expect(charTable(subject, ranges, ['[bundler]', '[bundler]'], 'xxxxx').runs).toEqual([5, 0])
  })
})
