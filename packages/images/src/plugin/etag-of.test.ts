import { digestOf, type ArtifactRecipe, type JsonObject } from '@paceline/artifact-cache'
import { expect, test } from 'vitest'
import { variantRecipe } from '../encode/variant-recipe.ts'
import { imageOf, photograph, probe } from '../encode/testing/pictures.ts'
import { etagOf } from './etag-of.ts'

test('an ETag changes with everything that decides the bytes, the versions of the encoders too', async () => {
  const source = await probe(await imageOf(photograph(64, 48)).png().toBuffer())
  const input = digestOf('picture')
  const variant = { format: 'avif', width: 64, height: 48 } as const
  const recipe = variantRecipe(input, source, variant, 80)
  expect(etagOf(variantRecipe(input, source, { ...variant }, 80))).toBe(etagOf(recipe))
  expect(etagOf(recipe)).toMatch(/^"[\da-f]{32}"$/)
  const versions = recipe.settings['versions'] as JsonObject
  const newer = (name: string): ArtifactRecipe => {
    expect(versions).toHaveProperty(name)
    return { ...recipe, settings: { ...recipe.settings, versions: { ...versions, [name]: '999.0.0' } } }
  }
  const others = [
    ...['sharp', 'vips', 'aom', 'heif'].map(newer),
    { ...recipe, schema: recipe.schema + 1 },
    variantRecipe(digestOf('other picture'), source, variant, 80),
    variantRecipe(input, source, { ...variant, height: 47 }, 80),
    variantRecipe(input, source, { ...variant, format: 'webp' }, 80),
    variantRecipe(input, source, variant, 81),
    variantRecipe(input, source, variant, { target: 80 }),
  ]
  expect(new Set([recipe, ...others].map(etagOf)).size).toBe(others.length + 1)
})
