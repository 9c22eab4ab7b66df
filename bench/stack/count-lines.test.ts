import { expect, test } from 'vitest'
import { countLines, linesOfCode } from './count-lines.ts'

test('empty lines and comments do not count', () => {
  expect(linesOfCode('/** What\n * it is */\nimport a from "a"\n\n  // why\nexport default a // b\n')).toBe(2)
})

test('every part of the stack has lines', () => {
  const { peers, paceline } = countLines('imagetools')
  expect(Object.values(peers).every((lines) => lines > 3)).toBe(true)
  expect(paceline['plugins']).toBeGreaterThan(3)
})
