import { expect, test } from 'vitest'
import type { PrecacheEntry } from '../shared/manifest.ts'
import { pickFormats } from './image-formats.ts'

const entry = (url: string, more: Partial<PrecacheEntry> = {}): PrecacheEntry => ({
  url,
  isHashed: true,
  digest: url,
  bytes: 1,
  ...more,
})

const entries = [
  entry('index.html'),
  entry('cat.avif', { group: 'cat', format: 'avif' }),
  entry('cat.webp', { group: 'cat', format: 'webp' }),
  entry('cat.jpg', { group: 'cat', format: 'other' }),
  entry('dog-480.webp', { group: 'dog', format: 'webp' }),
  entry('dog-960.webp', { group: 'dog', format: 'webp' }),
  entry('dog.png', { group: 'dog', format: 'other' }),
]

test.each([
  [['avif', 'webp', 'other'] as const, ['index.html', 'cat.avif', 'dog-480.webp', 'dog-960.webp']],
  [['webp', 'other'] as const, ['index.html', 'cat.webp', 'dog-480.webp', 'dog-960.webp']],
  [['other'] as const, ['index.html', 'cat.jpg', 'dog.png']],
])('leaves the best format of %o', (formats, expected) => {
  expect(pickFormats(entries, formats).map(({ url }) => url)).toEqual(expected)
})
