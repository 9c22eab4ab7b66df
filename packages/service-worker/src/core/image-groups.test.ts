import { expect, test } from 'vitest'
import { groupPictures, oneWidth } from './image-groups.ts'

test('groups the files of a picture, and leaves one that has a single file alone', () => {
  const groups = groupPictures([
    {
      file: 'src/cat.jpg',
      variants: [
        { format: 'avif', width: 480, file: 'assets/cat-1.avif' },
        { format: 'jpeg', width: 480, file: 'assets/cat-2.jpg' },
        { format: 'webp', width: 960 },
      ],
    },
    { file: 'src/logo.svg', variants: [{ format: 'svg', width: 10, file: 'assets/logo.svg' }] },
  ])
  expect(Object.fromEntries(groups)).toEqual({
    'assets/cat-1.avif': { group: 'src/cat.jpg', format: 'avif', width: 480 },
    'assets/cat-2.jpg': { group: 'src/cat.jpg', format: 'other', width: 480 },
  })
})

const cat = groupPictures([
  {
    file: 'cat.jpg',
    variants: [480, 960, 1600].flatMap((width) => [
      { format: 'avif', width, file: `cat-${width}.avif` },
      { format: 'jpeg', width, file: `cat-${width}.jpg` },
    ]),
  },
])
const files = ['main.js', ...cat.keys()]
const nothing = (): boolean => false

test.each([
  [824, ['main.js', 'cat-960.avif', 'cat-960.jpg']],
  [100, ['main.js', 'cat-480.avif', 'cat-480.jpg']],
  [9999, ['main.js', 'cat-1600.avif', 'cat-1600.jpg']],
])('of each format leaves the width nearest to %i', (wanted, expected) => {
  expect(oneWidth(files, cat, wanted, nothing)).toEqual(expected)
})

test('chooses among what is there, and keeps what is asked for by name', () => {
  expect(oneWidth(['cat-1600.avif'], cat, 480, nothing)).toEqual(['cat-1600.avif'])
  expect(oneWidth(files, cat, 824, (file) => file === 'cat-1600.avif')).toEqual([
    'main.js',
    'cat-960.avif',
    'cat-960.jpg',
    'cat-1600.avif',
  ])
})
