import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { README_BLOCK, renderReadme } from './render-readme.ts'

test('README.md has the figures that were measured', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const [, block = ''] = readme.split(/<!-- \/?npm run bench -- stack -->/)
  const stored = JSON.parse(readFileSync(join(import.meta.dirname, 'results.json'), 'utf8'))
  expect(README_BLOCK).toBe('npm run bench -- stack')
  expect(cellsOf(block)).toEqual(cellsOf(renderReadme(stored)))
})

/** Rows as text without the blanks that a formatter aligns them with, nor the line below the head. */
function cellsOf(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s:-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
}
