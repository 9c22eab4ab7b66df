import { expect, it } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery } from '../testing/delivery-fixture.ts'
import { fileHeaders, useAsDictionary } from './file-headers.ts'

it('says what an answer varies by, and what the file is a dictionary for', async () => {
  const { manifest } = await writeDelivery(smallSite, {
    ...smallSiteOptions,
    policy: { 'photo.jpg': { vary: 'Origin' } },
  })
  const of = (file: string): Readonly<Record<string, string>> =>
    fileHeaders(
      manifest,
      manifest.files.find((entry) => entry.file === file)!,
    )
  expect(of('assets/index-AAAA1111.js')).toEqual({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    'use-as-dictionary': 'match="/assets/index-*.js"',
    vary: 'Accept-Encoding, Available-Dictionary',
    'x-content-type-options': 'nosniff',
  })
  expect(of('photo.jpg')).toMatchObject({ vary: 'Origin, Accept', 'content-type': 'image/jpeg' })
  expect(of('robots.txt')).not.toHaveProperty('vary')
})

it('escapes a pattern as a string of structured fields', () => {
  expect(useAsDictionary(String.raw`/a/\(b\)"-*.js`)).toBe(String.raw`match="/a/\\(b\\)\"-*.js"`)
})
