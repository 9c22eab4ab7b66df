import { expect, test } from 'vitest'
import type { ImagesReport, ReportedImage } from './images-report.ts'
import { imagesSummary } from './images-summary.ts'

const image = (bytes: number, variants: ReportedImage['variants'], problem?: string): ReportedImage => ({
  file: 'a.jpg',
  bytes,
  usedIn: [],
  variants,
  ...(problem === undefined ? {} : { problem }),
})
const avif = (width: number, bytes: number): ReportedImage['variants'][number] => ({ format: 'avif', width, bytes })
const jpeg = (width: number, bytes: number): ReportedImage['variants'][number] => ({ format: 'jpeg', width, bytes })

test.each<[string, ImagesReport, string | undefined]>([
  ['nothing of an app without pictures', { files: [], unused: [] }, undefined],
  [
    'the best format at the largest width',
    { files: [image(90_000, [avif(480, 1000), jpeg(480, 4000), avif(960, 20_000), jpeg(960, 40_000)])], unused: [] },
    'images: 1 image, 90 kB → 20 kB in the best format',
  ],
  [
    'what was left as it is',
    { files: [image(5, [], 'damaged'), image(6, [], 'empty')], unused: [] },
    'images: 2 images left as they are',
  ],
  [
    'one of each',
    { files: [image(90_000, [jpeg(9, 9000)]), image(5, [], 'bad')], unused: [{ file: 'b.jpg', bytes: 1 }] },
    'images: 1 image, 90 kB → 9 kB in the best format · 1 image left as it is · 1 image that nothing uses',
  ],
])('says %s', (_, report, line) => {
  expect(imagesSummary(report)).toBe(line)
})
