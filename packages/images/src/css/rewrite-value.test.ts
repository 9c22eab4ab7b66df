import postcss from 'postcss'
import { describe, expect, test } from 'vitest'
import type { FindReplacement } from '../replacement.ts'
import { imageFormatsPostcss } from './image-formats-postcss.ts'
import { rewriteValue } from './rewrite-value.ts'

const find: FindReplacement = async (url) => {
  const stem = /^(.*)\.jpg$/.exec(url)?.[1]
  if (stem === undefined) return undefined
  const files = (extension: string) => [{ url: `${stem}.${extension}`, width: 960 }]
  const sources = stem === 'tiny' ? [] : [{ type: 'image/avif', files: files('avif') }]
  return { fallback: { type: 'image/jpeg', files: files('small.jpg') }, sources }
}

describe('rewriteValue', () => {
  test('gives the fallback, and a set of all formats', async () => {
    expect(await rewriteValue('url(hero.jpg) no-repeat center / cover', find)).toEqual({
      plain: 'url("hero.small.jpg") no-repeat center / cover',
      images: 'image-set(url("hero.avif") type("image/avif"), url("hero.small.jpg") type("image/jpeg"))',
    })
  })

  test('replaces each layer of several', async () => {
    const value = `linear-gradient(red, blue), no-repeat url('a.jpg') 2px, url("b.png"), url(tiny.jpg), red`
    expect((await rewriteValue(value, find))?.images).toBe(
      'linear-gradient(red, blue), image-set(url("a.avif") type("image/avif"), url("a.small.jpg") type("image/jpeg")), url("b.png"), url("tiny.small.jpg"), none',
    )
  })

  test('gives no set when no image has a better format', async () => {
    expect(await rewriteValue('url(tiny.jpg)', find)).toEqual({ plain: 'url("tiny.small.jpg")' })
  })

  test.each(['none', 'url(a.png)', 'image-set("a.jpg" 1x)', 'url()', 'cross-fade(url(a.jpg), url(b.jpg))'])(
    'leaves %s alone',
    async (value) => {
      expect(await rewriteValue(value, find)).toBeUndefined()
    },
  )
})

describe('imageFormatsPostcss', () => {
  const oneLine = (css: string): string =>
    css
      .replaceAll(/\s*([{}])\s*/g, ' $1 ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  const run = async (css: string): Promise<string> =>
    (await postcss([imageFormatsPostcss(() => find, 'OnceExit')]).process(css, { from: '/app/a.css' })).css

  const set = 'image-set(url("hero.avif") type("image/avif"), url("hero.small.jpg") type("image/jpeg"))'
  const supports = '@supports (background-image: image-set(url("a") type("image/avif")))'

  test('puts the images as a set behind the rule, which sets nothing else again', async () => {
    const css = await run('a { background: url(hero.jpg) red !important; background-size: 2px }\nb { color: red }')
    expect(oneLine(css)).toBe(
      'a { background: url("hero.small.jpg") red !important; background-size: 2px } ' +
        `${supports} { a { background-image: ${set} !important } } b { color: red }`,
    )
  })

  test('stays inside of what the rule is inside of', async () => {
    const css = await run('@media (width > 1px) { a { list-style: square url(hero.jpg) } }')
    expect(oneLine(css)).toBe(
      `@media (width > 1px) { a { list-style: square url("hero.small.jpg") } ${supports} { a { list-style-image: ${set} } } }`,
    )
  })

  test.each([
    ['an image that is set again', 'a { background: url(hero.jpg); background-image: none }'],
    ['a step of an animation', '@keyframes x { to { background: url(hero.jpg) } }'],
    ['layers that a variable holds', 'a { background: url(hero.jpg), var(--more) }'],
  ])('keeps to the fallback for %s', async (_, css) => {
    expect(await run(css)).toBe(css.replace('url(hero.jpg)', 'url("hero.small.jpg")'))
  })

  test('leaves properties alone that take no image set', async () => {
    const css = 'a { cursor: url(hero.jpg), auto; --picture: url(hero.jpg) }'
    expect(await run(css)).toBe(css)
  })
})
