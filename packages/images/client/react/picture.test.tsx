import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Picture } from './picture.tsx'
import type { PictureImage } from './index.ts'

const photo: PictureImage = {
  src: '/assets/a.jpg',
  width: 1600,
  height: 1067,
  sources: [
    { type: 'image/avif', srcset: '/assets/a-480.avif 480w, /assets/a-1600.avif 1600w' },
    { type: 'image/webp', srcset: '/assets/a-480.webp 480w, /assets/a-1600.webp 1600w' },
  ],
}

describe('<Picture> on a server', () => {
  test('writes every source with its type and widths before an image that works without them', () => {
    expect(renderToStaticMarkup(<Picture image={photo} alt="A hill" sizes="50vw" />)).toBe(
      '<picture>' +
        '<source type="image/avif" srcSet="/assets/a-480.avif 480w, /assets/a-1600.avif 1600w" sizes="50vw"/>' +
        '<source type="image/webp" srcSet="/assets/a-480.webp 480w, /assets/a-1600.webp 1600w" sizes="50vw"/>' +
        '<img decoding="async" loading="lazy" src="/assets/a.jpg" width="1600" height="1067" alt="A hill"/>' +
        '</picture>',
    )
  })

  test('allows automatic sizes where the picture is loaded when its place is known', () => {
    const html = renderToStaticMarkup(<Picture image={photo} alt="" sizes="auto, 50vw" />)
    expect(html).toMatch(/<source[^>]* sizes="auto, 50vw"\/>.*<img[^>]* loading="lazy" sizes="auto, 50vw" src=/)
    const first = renderToStaticMarkup(<Picture image={photo} alt="" sizes="auto, 50vw" priority />)
    expect(first).not.toMatch(/<img[^>]* sizes=/)
  })

  test('shows a picture of unknown size in the size that it turns out to have', () => {
    const html = renderToStaticMarkup(<Picture image={{ src: '/a.jpg', width: 0, height: 0, sources: [] }} alt="" />)
    expect(html).not.toMatch(/width|height/)
  })

  test('loads the first picture of a page at once and before others', () => {
    const html = renderToStaticMarkup(<Picture image={photo} alt="" priority />)
    expect(html).toContain('loading="eager"')
    expect(html).toContain('fetchPriority="high"')
    expect(html).not.toContain('decoding="async"')
  })

  test('passes class, style and other attributes to the image', () => {
    const html = renderToStaticMarkup(<Picture image={photo} alt="" className="hero" style={{ color: 'red' }} id="x" />)
    expect(html).toMatch(/<img[^>]* class="hero"[^>]* id="x"[^>]* style="color:red"/)
  })

  test('lies over its colour, or over its blurred picture, until it is there', () => {
    const colour = renderToStaticMarkup(<Picture image={{ ...photo, placeholder: '#336699' }} alt="" />)
    expect(colour).toContain('style="background-color:#336699"')
    const blurred = renderToStaticMarkup(
      <Picture image={{ ...photo, placeholder: '1QcSHQRnh493V4dIh4eXh1h4kJUI' }} alt="" />,
    )
    expect(blurred).toMatch(/background-image:url\(data:image\/bmp;base64,[\w+/=]+\);background-size:100% 100%/)
  })

  test('keeps a style of the caller over that of the placeholder', () => {
    const html = renderToStaticMarkup(
      <Picture image={{ ...photo, placeholder: '#336699' }} alt="" style={{ backgroundColor: 'white' }} />,
    )
    expect(html).toContain('style="background-color:white"')
  })
})

test('has to be told what the picture shows', () => {
  // @ts-expect-error -- `alt` is missing
  expect(<Picture image={photo} />).toBeDefined()
  // @ts-expect-error -- the size comes with the image
  expect(<Picture image={photo} alt="" width={3} />).toBeDefined()
})
