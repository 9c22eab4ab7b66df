import { describe, expect, test } from 'vitest'
import type { FindReplacement } from '../replacement.ts'
import { rewriteHtml } from './rewrite-html.ts'

/** Every `.jpg` has AVIF and WebP files beside it; `tiny.jpg` has not, and other names are not ours. */
const find: FindReplacement = async (url, widths) => {
  const stem = /^(.*)\.jpg$/.exec(url)?.[1]
  if (stem === undefined || stem.startsWith('https:')) return undefined
  const files = (extension: string) =>
    (widths === 'all' ? [480, 960] : [960]).map((width) => ({ url: `${stem}-${width}.${extension}`, width }))
  const fallback = { type: 'image/jpeg', files: files('jpg') }
  if (stem === 'tiny') return { fallback, sources: [] }
  const sources = ['avif', 'webp'].map((format) => ({ type: `image/${format}`, files: files(format) }))
  return { fallback, sources, isFinal: stem.startsWith('/public') }
}

const rewrite = (html: string): Promise<string> => rewriteHtml(html, find)

describe('rewriteHtml', () => {
  test('wraps an image into a picture of all formats, in its own width where nothing says how wide it is shown', async () => {
    expect(await rewrite('<p><img class=hero src="hero.jpg" alt="A &amp; B"></p>')).toBe(
      '<p><picture style="display: contents">' +
        '<source type="image/avif" srcset="hero-960.avif"><source type="image/webp" srcset="hero-960.webp">' +
        '<img class=hero src="hero-960.jpg" alt="A &amp; B"></picture></p>',
    )
  })

  test('keeps images that stand side by side apart', async () => {
    const html = await rewrite('<img src=a.jpg><img src=b.jpg>')
    expect(html.match(/<picture.*?<\/picture>/g)!.map((one) => /<img src="(\w)/.exec(one)![1])).toEqual(['a', 'b'])
  })

  test('leaves what Vite is told to ignore alone', async () => {
    const html = '<img vite-ignore src="late.jpg"><link vite-ignore rel="preload" as="image" href="late.jpg">'
    expect(await rewrite(html)).toBe(html)
  })

  test('offers all widths where `sizes` says how wide it is shown', async () => {
    expect(await rewrite('<img src=hero.jpg sizes="50vw">')).toBe(
      '<picture style="display: contents">' +
        '<source type="image/avif" srcset="hero-480.avif 480w, hero-960.avif 960w" sizes="50vw">' +
        '<source type="image/webp" srcset="hero-480.webp 480w, hero-960.webp 960w" sizes="50vw">' +
        '<img srcset="hero-480.jpg 480w, hero-960.jpg 960w" src="hero-960.jpg" sizes="50vw"></picture>',
    )
  })

  test('keeps the candidates of a srcset, each in every format', async () => {
    expect(await rewrite('<img srcset="a.jpg, b.jpg 2x" src="a.jpg">')).toBe(
      '<picture style="display: contents">' +
        '<source type="image/avif" srcset="a-960.avif, b-960.avif 2x"><source type="image/webp" srcset="a-960.webp, b-960.webp 2x">' +
        '<img srcset="a-960.jpg, b-960.jpg 2x" src="a-960.jpg"></picture>',
    )
  })

  test('offers a format only where every candidate has it', async () => {
    const html = await rewrite('<img srcset="a.jpg, https://cdn.example.com/b.jpg 2x">')
    expect(html).toBe('<img srcset="a-960.jpg, https://cdn.example.com/b.jpg 2x">')
  })

  test('puts the formats of a source before it, with its media', async () => {
    const html = '<picture><source media="(width < 600px)" srcset="narrow.jpg"><img src="wide.jpg"></picture>'
    expect(await rewrite(html)).toBe(
      '<picture><source type="image/avif" srcset="narrow-960.avif" media="(width < 600px)">' +
        '<source type="image/webp" srcset="narrow-960.webp" media="(width < 600px)">' +
        '<source media="(width < 600px)" srcset="narrow-960.jpg">' +
        '<source type="image/avif" srcset="wide-960.avif"><source type="image/webp" srcset="wide-960.webp">' +
        '<img src="wide-960.jpg"></picture>',
    )
  })

  test('leaves the choice of formats to a picture that makes one', async () => {
    const html = '<picture><source type="image/webp" srcset="own.webp"><img src="wide.jpg"></picture>'
    expect(await rewrite(html)).toBe(html.replace('wide.jpg', 'wide-960.jpg'))
  })

  test('preloads the format that the page will show', async () => {
    expect(await rewrite('<link rel="preload" as="image" href="hero.jpg">')).toBe(
      '<link type="image/avif" rel="preload" as="image" href="hero-960.avif">',
    )
  })

  test('lets Vite pass over URLs that are not there before the site is finished', async () => {
    expect(await rewrite('<img src="/public/a.jpg">')).toContain(
      '<source vite-ignore type="image/avif" srcset="/public/a-960.avif">',
    )
  })

  test.each([
    ['an image without better formats is only replaced', '<img src="tiny.jpg">', '<img src="tiny-960.jpg">'],
    ['other hosts', '<img src="https://example.com/a.jpg">'],
    ['data', '<img src="data:image/png;base64,AA==">'],
    ['a srcset with a mistake in it', '<img srcset="a.jpg 1x 2x">'],
    ['an image without a source', '<img alt="nothing">'],
    ['images in comments and scripts', '<!-- <img src="hero.jpg"> --><script>"<img src=hero.jpg>"</script>'],
    ['a preload that names its type', '<link rel="preload" as="image" type="image/jpeg" href="hero.jpg">'],
  ])('leaves alone: %s', async (_, html, expected = html) => {
    expect(await rewrite(html)).toBe(expected)
  })

  test('reaches images in templates and in noscript', async () => {
    for (const element of ['template', 'noscript']) {
      expect(await rewrite(`<${element}><img src="hero.jpg"></${element}>`)).toContain('image/avif')
    }
  })
})
