import { digestOf } from '@paceline/artifact-cache'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { imageOf, photograph, probe } from './testing/pictures.ts'
import { placeholderRecipe, variantRecipe } from './variant-recipe.ts'

const input = digestOf('picture')

test('a recipe names everything that decides the bytes, and nothing of where the picture lies', async () => {
  const bytes = await imageOf(photograph(64, 48)).png().toBuffer()
  const source = await probe(bytes, 'src/secret/place.png')
  const variant = { format: 'avif', width: 64, height: 48 } as const
  const { kind, settings } = variantRecipe(input, source, variant, { target: 80 })
  expect(kind).toBe('avif')
  expect(settings['versions']).toMatchObject({
    sharp: sharp.versions.sharp,
    vips: sharp.versions.vips,
    aom: sharp.versions.aom,
    png: sharp.versions.png,
  })
  expect(JSON.stringify(settings)).not.toContain('secret')
  const others = [
    variantRecipe(input, source, { ...variant, width: 32, height: 24 }, { target: 80 }),
    variantRecipe(input, source, { ...variant, format: 'webp' }, { target: 80 }),
    variantRecipe(input, source, variant, { target: 70 }),
    variantRecipe(input, source, variant, 80),
    placeholderRecipe(input, source, 'thumbhash'),
    placeholderRecipe(input, source, 'color'),
  ].map((recipe) => JSON.stringify(recipe))
  expect(new Set([JSON.stringify(variantRecipe(input, source, variant, { target: 80 })), ...others]).size).toBe(7)
})
