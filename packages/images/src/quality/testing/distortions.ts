import type { Pixels } from '../pixels.ts'

type Distortion = (pixels: Pixels) => Pixels

/** Damage of the kinds that encoders do, made of whole numbers only, so that it is the same on every machine. */
export const DISTORTIONS: Readonly<Record<string, Distortion>> = {
  'noise 4': (pixels) => noise(pixels, 4),
  'noise 20': (pixels) => noise(pixels, 20),
  'bands 8': (pixels) => mapCodes(pixels, (code) => Math.min(255, Math.round(code / 8) * 8)),
  'bands 32': (pixels) => mapCodes(pixels, (code) => Math.min(255, Math.round(code / 32) * 32)),
  'blocks 2': (pixels) => blocks(pixels, 2),
  'blocks 8': (pixels) => blocks(pixels, 8),
  'brighter 6': (pixels) => mapCodes(pixels, (code) => Math.min(255, code + 6)),
  'bluer 24': (pixels) => mapCodes(pixels, (code, channel) => (channel === 2 ? Math.min(255, code + 24) : code)),
  softer: soften,
}

/** A disc that fades out: a translucent picture. */
export function withAlpha({ data, width, height, channels }: Pixels): Pixels {
  const out = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++) out[at * 4 + channel] = data[at * channels + channel] as number
    const [x, y] = [(at % width) - width / 2, Math.floor(at / width) - height / 2]
    out[at * 4 + 3] = Math.max(0, Math.min(255, 512 - Math.floor((900 * (x * x + y * y)) / (height * height)) * 2))
  }
  return { data: out, width, height, channels: 4 }
}

function mapCodes(pixels: Pixels, change: (code: number, channel: number) => number): Pixels {
  const { channels } = pixels
  return {
    ...pixels,
    data: pixels.data.map((code, at) => (at % channels === 3 ? code : change(code, at % channels))),
  }
}

function noise(pixels: Pixels, amount: number): Pixels {
  let state = 1
  return mapCodes(pixels, (code) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.max(0, Math.min(255, code + ((state >>> 16) % (2 * amount + 1)) - amount))
  })
}

function blocks(pixels: Pixels, side: number): Pixels {
  const { data, width, channels } = pixels
  return mapAt(pixels, (x, y, channel) => {
    const corner = (Math.floor(y / side) * side * width + Math.floor(x / side) * side) * channels
    return data[corner + channel] as number
  })
}

function soften(pixels: Pixels): Pixels {
  const { data, width, height, channels } = pixels
  const codeAt = (x: number, y: number, channel: number): number =>
    data[(Math.min(y, height - 1) * width + Math.min(x, width - 1)) * channels + channel] as number
  return mapAt(pixels, (x, y, channel) =>
    Math.floor(
      (codeAt(x, y, channel) + codeAt(x + 1, y, channel) + codeAt(x, y + 1, channel) + codeAt(x + 1, y + 1, channel)) /
        4,
    ),
  )
}

function mapAt(pixels: Pixels, codeAt: (x: number, y: number, channel: number) => number): Pixels {
  const { width, channels } = pixels
  return {
    ...pixels,
    data: pixels.data.map((code, at) => {
      const channel = at % channels
      const pixel = Math.floor(at / channels)
      return channel === 3 ? code : codeAt(pixel % width, Math.floor(pixel / width), channel)
    }),
  }
}
