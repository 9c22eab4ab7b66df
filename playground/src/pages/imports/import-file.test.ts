import { expect, test } from 'vitest'
import { toImportFile } from './import-file.ts'

test.each([
  ['a.svg', 'image/svg+xml', 'vector'],
  ['a.jpg', 'image/jpeg', 'image'],
  ['a.RAF', '', 'image'],
  ['a.mov', 'video/quicktime', 'video'],
  ['a.pdf', 'application/pdf', 'document'],
] as const)('%s of type "%s" is listed as %s', (name, type, kind) => {
  expect(toImportFile({ name, type, size: 5 })).toEqual({ name, kind, bytes: 5 })
})
