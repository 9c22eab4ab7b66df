import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { defaultImageLimits } from '../../resolve-options.ts'
import { probeImage } from '../probe-image.ts'
import type { SourceImage } from '../source-image.ts'

/** A picture in memory: RGB, row after row. */
export interface Plain {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly data: Uint8Array
}

/** Something like a photograph: soft colours, edges, no two corners alike. */
export function photograph(width: number, height: number): Plain {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [u, v] = [x / width, y / height]
      const isInside = (u - 0.3) ** 2 + (v - 0.4) ** 2 < 0.04
      data.set(isInside ? [220, 60, 40] : [30 + 200 * u, 40 + 180 * v, 120 + 60 * Math.sin(6 * (u + v))], at)
    }
  }
  return { width, height, channels: 3, data }
}

export function imageOf({ data, width, height, channels }: Plain): Sharp {
  return sharp(data, { raw: { width, height, channels } })
}

/** Where the pixel that is shown at (x, y) is stored, by EXIF orientation (EXIF 2.32, 4.6.4.A): written from the table, not from a library. */
const STORED: Readonly<Record<number, (x: number, y: number, w: number, h: number) => readonly [number, number]>> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, w) => [y, w - 1 - x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, _, h) => [h - 1 - y, x],
}

/** The picture as a camera held another way would store it. */
export function storedAs(upright: Plain, orientation: number): Plain {
  const { width: w, height: h, data: from } = upright
  const [width, height] = orientation > 4 ? [h, w] : [w, h]
  const data = new Uint8Array(from.length)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [sx, sy] = STORED[orientation]!(x, y, w, h)
      data.set(from.subarray((y * w + x) * 3, (y * w + x) * 3 + 3), (sy * width + sx) * 3)
    }
  }
  return { width, height, channels: 3, data }
}

/** The mean difference of the channels, of 255, to what a file decodes to. Colour is compared as it is stored, profiles aside. */
export async function meanDifference(bytes: Uint8Array, expected: Plain, page = 0): Promise<number> {
  const image = sharp(bytes, { ignoreIcc: true, page }).toColourspace('srgb')
  const { data, info } = await (expected.channels === 4 ? image.ensureAlpha() : image.removeAlpha())
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.width !== expected.width || info.height !== expected.height) {
    throw new Error(`${info.width} × ${info.height} instead of ${expected.width} × ${expected.height}`)
  }
  return data.reduce((sum, value, at) => sum + Math.abs(value - expected.data[at]!), 0) / data.length
}

export function probe(bytes: Uint8Array, file = 'picture'): Promise<SourceImage> {
  return probeImage({ file }, bytes, defaultImageLimits)
}

/** A chunk of a PNG with its length and checksum. */
export function pngChunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.byteLength)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

/** A PNG with further chunks behind its header. */
export function withChunks(png: Uint8Array, ...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])
}

/** The same values under another profile: libraries convert where they attach one. */
export function withProfile(png: Uint8Array, profile: Uint8Array): Buffer {
  return withChunks(png, pngChunk('iCCP', Buffer.concat([Buffer.from('icc\0\0'), deflateSync(profile)])))
}

/** The profile of Display P3 that sharp carries. */
export async function displayP3(): Promise<Buffer> {
  const png = await imageOf(photograph(8, 8)).withIccProfile('p3').png().toBuffer()
  return (await sharp(png).metadata()).icc!
}

/** Three frames in other colours, shown for 100, 200 and 300 ms, twice. */
export async function animation(format: 'gif' | 'webp'): Promise<{ bytes: Buffer; frames: readonly Plain[] }> {
  const frames = [40, 120, 200].map((red): Plain => {
    const data = new Uint8Array(60 * 40 * 3).map((_, at) => [red, (at / 3) % 60 < 30 ? 20 : 220, 90][at % 3]!)
    return { width: 60, height: 40, channels: 3, data }
  })
  const stills = await Promise.all(frames.map((frame) => imageOf(frame).png().toBuffer()))
  const timing = { delay: [100, 200, 300], loop: 2 }
  const joined = sharp(stills, { join: { animated: true } })
  const bytes = await (format === 'gif' ? joined.gif(timing) : joined.webp({ ...timing, lossless: true })).toBuffer()
  return { bytes, frames }
}

/** A block of EXIF that says which way is up, as cameras with small ends write it. */
export function exifOrientation(orientation: number): Buffer {
  return Buffer.from([
    ...Buffer.from('II*\0'),
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    1,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ])
}

/** A picture that says where it was taken and whose it is, in EXIF and XMP. All private words in it are `SECRET`. */
export function tagged(format: 'jpeg' | 'png' | 'webp' | 'avif' = 'jpeg', orientation = 1): Promise<Buffer> {
  const exif = { IFD0: { Copyright: 'SECRET owner' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' } }
  return imageOf(photograph(96, 64))
    .toFormat(format)
    .withMetadata({ exif, orientation })
    .withXmp('<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta><?xpacket end="w"?>')
    .toBuffer()
}
