import sharp from 'sharp'
import { expect, test } from 'vitest'
import { libraryVersions } from './library-versions.ts'

test('has the versions that sharp itself says', () => {
  expect(libraryVersions()).toEqual(sharp.versions)
})
