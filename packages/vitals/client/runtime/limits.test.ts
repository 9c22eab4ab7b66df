import { readFile } from 'node:fs/promises'
import { MAX_BEACON_BYTES, MAX_NAME, MAX_OPERATIONS } from '@paceline/kit'
import { expect, test } from 'vitest'

test('the limits that are written down here are those of the contract', async () => {
  const text = async (file: string): Promise<string> => readFile(new URL(file, import.meta.url), 'utf8')
  expect(await text('operations.ts')).toContain(`const MOST = ${MAX_OPERATIONS}\n`)
  expect(await text('delivery.ts')).toContain(`const LONGEST_TEXT = ${MAX_NAME}\n`)
  // Six bytes for a letter that JSON escapes, and all that stands around: the longest beacon that can be.
  const operation = JSON.stringify({
    name: '\u0001'.repeat(MAX_NAME),
    kind: 'operation',
    ms: 123456789.1234,
    ok: false,
  }).length
  const culprit = JSON.stringify({
    metric: 'loaf',
    file: '\u0001'.repeat(MAX_NAME),
    char: 1e7,
    ms: 12345.1234,
    target: '\u0001'.repeat(MAX_NAME),
  }).length
  expect(MAX_OPERATIONS * (operation + 1) + 8 * (culprit + 1) + 600).toBeLessThan(MAX_BEACON_BYTES)
})
