import { readFile } from 'node:fs/promises'
import { digestOf } from '@paceline/artifact-cache'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { defaultImageLimits } from '../resolve-options.ts'
import { makeImageSet } from './make-image-set.ts'
import { directArtifacts } from './testing/direct-artifacts.ts'
import { probe } from './testing/pictures.ts'

const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../../test/fixtures/${name}.jpg`, import.meta.url))

test.each(['laptop', 'mountains', 'notebooks'])(
  'a real photograph (%s) reaches the score in every format, and costs less in the better one',
  async (name) => {
    const bytes = await fixture(name)
    const source = await probe(bytes)
    const wishes = {
      formats: ['avif', 'webp'],
      widths: [200, 320],
      quality: { target: 70 },
      fallback: true,
      placeholder: 'thumbhash',
      limits: defaultImageLimits,
    } as const
    const { sources, placeholder } = await makeImageSet(directArtifacts(), source, digestOf(bytes), wishes)
    expect(sources.map(({ format }) => format)).toEqual(['avif', 'webp', 'jpeg'])
    expect(placeholder).toHaveLength(28)
    for (const { files } of sources) {
      expect(files.map(({ width }) => width)).toEqual([200, 320])
      for (const file of files) {
        expect(file.score).toBeGreaterThanOrEqual(70)
        // An independent look at it: the mean difference to sharp's own scaling of the source.
        const [made, scaled] = await Promise.all([
          sharp(file.bytes).raw().toBuffer(),
          sharp(bytes).resize(file.width, file.height, { fit: 'fill' }).raw().toBuffer(),
        ])
        const difference = made.reduce((sum, value, at) => sum + Math.abs(value - scaled[at]!), 0) / made.length
        expect(difference).toBeLessThan(6)
      }
    }
    const [avif, webp, jpeg] = sources.map(({ files }) => files.reduce((sum, { size }) => sum + size, 0))
    expect(avif).toBeLessThan(webp!)
    expect(webp).toBeLessThan(jpeg!)
  },
)
