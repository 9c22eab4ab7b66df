import { readFile } from 'node:fs/promises'
import { ERROR_LINE, MAX_BEACON_BYTES, MAX_NAME, MAX_OPERATIONS } from '@paceline/kit'
import { expect, test } from 'vitest'

test('the limits that are written down here are those of the contract', async () => {
  const text = async (file: string): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8')
  expect(await text('operations.ts')).toContain(`const MOST = ${MAX_OPERATIONS}\n`)
  expect(await text('fit.ts')).toContain(`const LONGEST_TEXT = ${MAX_NAME}\n`)
  expect(await text('errors.ts')).toContain(`const ERROR_LINE = 2 ** ${Math.log2(ERROR_LINE)}\n`)
  // Six bytes for a letter that JSON escapes, and all that stands around: the longest beacon that can be.
  const operation = JSON.stringify({
    name: '\u0001'.repeat(MAX_NAME),
    kind: 'operation',
    ms: 123456789.12345678,
    ok: false,
  }).length
  // Names of files come out of addresses, targets are cut: nothing in them is escaped.
  const culprit = Buffer.byteLength(
    JSON.stringify({
      metric: 'error',
      file: 'x'.repeat(MAX_NAME),
      char: 2 ** 44,
      ms: 12345678.12345678,
      target: '\ud7ff'.repeat(MAX_NAME),
    }),
  )
  // One of each vital, and five places each of long frames and of errors.
  expect(MAX_OPERATIONS * (operation + 1) + 13 * (culprit + 1) + 1200).toBeLessThan(MAX_BEACON_BYTES)
})
