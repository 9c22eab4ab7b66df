import { gzipSync } from 'node:zlib'
import { errorCodes } from '@paceline/kit'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { defaultImageLimits } from '../../resolve-options.ts'
import { optimiseSvg, type SvgImage } from './optimise-svg.ts'

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

const optimise = (text: string | Uint8Array, file = 'icon.svg'): Promise<SvgImage> =>
  optimiseSvg({ file }, typeof text === 'string' ? new TextEncoder().encode(text) : text, defaultImageLimits)

const textOf = ({ bytes }: SvgImage): string => new TextDecoder().decode(bytes)

async function refusal(text: string | Uint8Array): Promise<{ codes: string[]; message: string }> {
  const error: unknown = await optimise(text)
    .then(() => undefined)
    .catch((reason: unknown) => reason)
  return { codes: errorCodes(error), message: String(error) }
}

describe('optimiseSvg refuses', () => {
  test.each([
    ['a script', `<svg ${SVG}><script>alert(1)</script></svg>`, 'a <script>'],
    ['a script under another prefix', `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>`, 'a <script>'],
    ['a script inside HTML', `<svg ${SVG}><foreignObject><SCRIPT/></foreignObject></svg>`, 'a <script>'],
    ['a handler', `<svg ${SVG} onload="alert(1)"/>`, '`onload` on <svg>'],
    ['a link that is a script', `<svg ${SVG}><a xlink:href=" java\nscript:alert(1)"/></svg>`, '`xlink:href` of <a>'],
    ['an animation to such a link', `<svg ${SVG}><set attributeName="href" to="javascript:x"/></svg>`, '`to` of <set>'],
    ['a page inside', `<svg ${SVG}><foreignObject><iframe src="x"/></foreignObject></svg>`, 'in <iframe>'],
    [
      'an external entity',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg ${SVG}><text>&x;</text></svg>`,
      'the external entity `&x;`',
    ],
    ['a parameter entity', `<!DOCTYPE svg [<!ENTITY % x "y">]><svg ${SVG}/>`, 'the parameter entity `%x`'],
    [
      'entities that repeat a long text',
      `<!DOCTYPE svg [<!ENTITY x "${'a'.repeat(20_000)}">]><svg ${SVG}><text>${'&x;'.repeat(400)}</text></svg>`,
      'entities that grow to 8 MB',
    ],
  ])('%s', async (_, text, reason) => {
    const { codes, message } = await refusal(text)
    expect(codes).toEqual(['PACELINE_SVG_UNSAFE'])
    expect(message).toContain(reason)
  })

  test('an entity bomb, at once', async () => {
    const levels = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)
    const bomb = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "lol">${levels.join('')}]><svg ${SVG}><text>&l9;</text></svg>`
    const started = performance.now()
    expect((await refusal(bomb)).codes).toEqual(['PACELINE_SVG_UNSAFE'])
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('uses of uses of uses, at once', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, at) => `<g id="a${at + 1}">${`<use xlink:href="#a${at}"/>`.repeat(10)}</g>`,
    )
    const started = performance.now()
    const { codes, message } = await refusal(
      `<svg ${SVG}><defs><path id="a0"/>${levels.join('')}</defs><use href="#a9"/></svg>`,
    )
    expect(codes).toEqual(['PACELINE_SVG_UNSAFE'])
    expect(message).toContain('`<use>` in `<use>`')
    expect(performance.now() - started).toBeLessThan(500)
  })

  test.each([
    ['a file that is cut off', `<svg ${SVG}><g><path d="M0 0`],
    ['a file that is cut off between elements', `<svg ${SVG}><g><path d="M0 0h10"/>`],
    ['tags that do not match', `<svg ${SVG}><g></svg>`],
    ['a page with a drawing in it', `<!DOCTYPE html><html><body><svg ${SVG}/></body></html>`],
  ])('%s', async (_, text) => {
    expect((await refusal(text)).codes).toEqual(['PACELINE_SVG_INVALID'])
  })

  test('a compressed SVG, whose size nobody knows', async () => {
    const { codes, message } = await refusal(gzipSync(`<svg ${SVG}/>`))
    expect(codes).toEqual(['PACELINE_IMAGE_UNSUPPORTED'])
    expect(message).toContain('gzip')
  })

  test('a drawing that says it is enormous', async () => {
    expect((await refusal(`<svg ${SVG} width="100000" height="100000"/>`)).codes).toEqual([
      'PACELINE_IMAGE_TOO_MANY_PIXELS',
    ])
  })
})

const DRAWING = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made with a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
]>
<svg ${SVG} xmlns:x="&ns_extend;" viewBox="0 0 120.000 80.000" width="120px" height="80px" role="img" data-theme="dark">
  <title>A flag</title>
  <desc>Red on white</desc>
  <style>.stripe { fill: #ff0000; } .unused { fill: blue }</style>
  <defs><linearGradient id="shade"><stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="#cccccc"/></linearGradient></defs>
  <symbol id="star"><circle cx="5" cy="5" r="5"/></symbol>
  <g id="layer-1"><rect class="stripe" x="10.000000" y="10.00000001" width="100.0" height="20.0"/></g>
  <g id="hidden" display="none"><path d="M 10 10 L 20 20 L 30 10 Z"/></g>
  <ellipse id="dot" class="dot" cx="60" cy="60" rx="12" ry="12" fill="url(#shade)"/>
  <path id="wave" d="M 10.123456 40.654321 C 20.111111 30.222222 40.333333 50.444444 60.555555 40.666666" fill="none" stroke="#000000" stroke-width="1.500"/>
</svg>
`

describe('optimiseSvg', () => {
  test('writes it shorter and keeps all that a style sheet, a script or a link may look for', async () => {
    const image = await optimise(DRAWING)
    const text = textOf(image)
    expect(image.keptBecause).toBeUndefined()
    expect(text.length).toBeLessThan(DRAWING.length * 0.7)
    for (const id of ['shade', 'star', 'layer-1', 'hidden', 'dot', 'wave']) expect(text).toContain(`id="${id}"`)
    for (const kept of [
      'viewBox="0 0 120 80"',
      'width="120',
      'role="img"',
      'data-theme="dark"',
      '<title>A flag</title>',
      '<desc>Red on white</desc>',
    ]) {
      expect(text).toContain(kept)
    }
    for (const kept of ['class="stripe"', 'class="dot"', '.unused', '<rect', '<ellipse']) expect(text).toContain(kept)
    expect([image.width, image.height]).toEqual([120, 80])
  })

  test('draws the same', async () => {
    const [before, after] = await Promise.all(
      [new TextEncoder().encode(DRAWING), (await optimise(DRAWING)).bytes].map((svg) =>
        sharp(svg, { density: 288 }).raw().toBuffer(),
      ),
    )
    const different = before!.filter((value, at) => Math.abs(value - after![at]!) > 8).length
    expect(before!.length).toBe(after!.length)
    expect(different / before!.length).toBeLessThan(0.001)
  })

  test('keeps the digits that a small drawing needs', async () => {
    const small = `<svg ${SVG} viewBox="0 0 0.01 0.01"><path   d="M 0.00123 0.00456 L 0.00789 0.00912 L 0.00345 0.00678 Z" />   </svg>`
    expect(textOf(await optimise(small))).toContain('.00123')
  })

  test('is never longer, and the same when there is nothing to gain', async () => {
    const short = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    const image = await optimise(short)
    expect(textOf(image)).toBe(short)
    expect(image.keptBecause).toBe('it is as short as it gets')
  })

  test('draws a symbol that is used many times, and one that uses itself', async () => {
    const text = `<svg ${SVG} viewBox="0 0 9 9"><symbol id="a"><path d="M0 0h9v9z"/></symbol><g id="b"><use href="#b"/></g>${'<use  href="#a" x="1"/>'.repeat(50)}</svg>`
    expect((await optimise(text)).bytes.byteLength).toBeLessThan(text.length)
  })

  test.each([6000, 20_000])('survives %i groups in one another', async (depth) => {
    const text = `<svg ${SVG} viewBox="0 0 9 9">${'<g >'.repeat(depth)}${'</g>'.repeat(depth)}</svg>`
    const result = await optimise(text).catch((error: unknown) => errorCodes(error))
    expect(result).toSatisfy(
      (value: unknown) => Array.isArray(value) || typeof (value as SvgImage).keptBecause === 'string',
    )
  })

  test('does not touch HTML inside', async () => {
    const text = `<svg ${SVG} viewBox="0 0 9 9">  <foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">two <b>words</b> </p></foreignObject></svg>`
    const image = await optimise(text)
    expect(textOf(image)).toBe(text)
    expect(image.keptBecause).toContain('HTML')
  })

  test('reads UTF-16', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(DRAWING.replace('UTF-8', 'UTF-16'), 'utf16le')])
    expect(textOf(await optimise(bytes))).toContain('<title>A flag</title>')
  })

  test('reads the encoding that is declared', async () => {
    const bytes = Buffer.from(DRAWING.replace('UTF-8', 'ISO-8859-1').replace('A flag', 'Drapeau déployé'), 'latin1')
    expect(textOf(await optimise(bytes))).toContain('<title>Drapeau déployé</title>')
  })

  test.each([
    ['width="24" height="12"', 24, 12],
    ['width="1in" viewBox="0 0 2 1"', 96, 48],
    ['height="50" viewBox="0 0 2 1"', 100, 50],
    ['width="100%" viewBox="0 0 30 20"', 30, 20],
    ['', 300, 150],
  ])('says how large browsers show %s', async (attributes, width, height) => {
    const image = await optimise(`<svg ${SVG} ${attributes}/>`)
    expect([image.width, image.height]).toEqual([width, height])
  })
})
