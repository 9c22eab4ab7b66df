import { cubeRoot } from './cube-root.ts'
import type { Pixels } from './pixels.ts'
import { PlaneSpace } from './plane-space.ts'

/** The scales that count: full size, 1/2, 1/4, 1/8, 1/16. The reference also computes 1/32, whose weights are as good as zero. */
export const SCALES = 5

/** One scale of a picture in XYB: what the eye's cones see, as red against green, light, and blue against yellow, each about 0 to 1. */
export interface PerceptualPlanes {
  readonly width: number
  readonly height: number
  readonly light: Float32Array
  /** Red against green and blue against yellow: only at the scales that ask for them. */
  readonly redGreen?: Float32Array
  readonly blueYellow?: Float32Array
}

interface LinearPlanes {
  readonly width: number
  readonly height: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
}

/** Blue against yellow counts from this scale on. */
const FIRST_BLUE = 3

/** XYB as JPEG XL defines it (ISO/IEC 18181-1): what the cones for long and middle waves see, and the dark that they see by themselves. */
const DARK = 0.0037930732552754493
const DARK_ROOT = Math.cbrt(DARK)

/** 8-bit sRGB to linear light (IEC 61966-2-1). One more than 256, so that interpolation may look one ahead. */
const linear = Float32Array.from({ length: 257 }, (_, code) => {
  const value = Math.min(code, 255) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

/**
 * A picture at every scale that counts. Half the size is averaged in linear light, as a screen seen from further away does.
 *
 * @param space emptied first; the planes are in it until somebody else begins
 * @param background What shows through, 0 to 1 in sRGB: blended as browsers do, in sRGB. No matter for opaque pictures.
 */
export function perceptualPlanes(
  pixels: Pixels,
  background: number,
  space: PlaneSpace = new PlaneSpace(),
): PerceptualPlanes[] {
  space.begin(3 * (pixels.width + 32) * (pixels.height + 32))
  const { full, half } = fullScale(pixels, background, space)
  const scales = [full]
  for (let scale = 1, planes = half; scale < SCALES; scale++) {
    scales.push(inXyb(planes, scale >= FIRST_BLUE, space))
    if (scale < SCALES - 1) planes = halved(planes, space)
  }
  return scales
}

/** The full size needs its light only; the linear planes are kept at half the size, a quarter of the memory. */
function fullScale(
  pixels: Pixels,
  background: number,
  space: PlaneSpace,
): { full: PerceptualPlanes; half: LinearPlanes } {
  const { width, height, data, channels } = pixels
  const light = space.take(width * height)
  const half = linearPlanes(Math.ceil(width / 2), Math.ceil(height / 2), space)
  const [greenAt, blueAt] = channels < 3 ? [0, 0] : [1, 2]
  const alphaAt = channels % 2 === 0 ? channels - 1 : undefined
  for (let y = 0, from = 0, at = 0; y < height; y++) {
    const row = (y >> 1) * half.width
    for (let x = 0; x < width; x++, from += channels, at++) {
      let red: number
      let green: number
      let blue: number
      const alpha = alphaAt === undefined ? 255 : (data[from + alphaAt] as number)
      if (alpha === 255) {
        red = linear[data[from] as number] as number
        green = linear[data[from + greenAt] as number] as number
        blue = linear[data[from + blueAt] as number] as number
      } else {
        red = blended(data[from] as number, alpha, background)
        green = blended(data[from + greenAt] as number, alpha, background)
        blue = blended(data[from + blueAt] as number, alpha, background)
      }
      light[at] = (longCone(red, green, blue) + middleCone(red, green, blue)) / 2 + 0.01
      const to = row + (x >> 1)
      half.red[to] = (half.red[to] as number) + red
      half.green[to] = (half.green[to] as number) + green
      half.blue[to] = (half.blue[to] as number) + blue
    }
  }
  averageSums(half, width, height)
  return { full: { width, height, light }, half }
}

function longCone(red: number, green: number, blue: number): number {
  return cubeRoot(0.3 * red + 0.622 * green + 0.078 * blue + DARK) - DARK_ROOT
}

function middleCone(red: number, green: number, blue: number): number {
  return cubeRoot(0.23 * red + 0.692 * green + 0.078 * blue + DARK) - DARK_ROOT
}

function shortCone(red: number, green: number, blue: number): number {
  return (
    cubeRoot(0.24342268924547819 * red + 0.20476744424496821 * green + 0.5518098665095537 * blue + DARK) - DARK_ROOT
  )
}

function blended(code: number, alpha: number, background: number): number {
  const share = alpha / 255
  const value = share * code + (1 - share) * background * 255
  const at = value | 0
  const below = linear[at] as number
  return below + ((linear[at + 1] as number) - below) * (value - at)
}

function halved({ width, height, red, green, blue }: LinearPlanes, space: PlaneSpace): LinearPlanes {
  const half = linearPlanes(Math.ceil(width / 2), Math.ceil(height / 2), space)
  for (const [from, to] of [
    [red, half.red],
    [green, half.green],
    [blue, half.blue],
  ] as const) {
    for (let y = 0, at = 0; y < height; y++) {
      const row = (y >> 1) * half.width
      for (let x = 0; x < width; x++, at++) to[row + (x >> 1)] = (to[row + (x >> 1)] as number) + (from[at] as number)
    }
  }
  averageSums(half, width, height)
  return half
}

/** Sums of 2 × 2 to averages; where an odd side ends, its last row or column counts twice. */
function averageSums(half: LinearPlanes, width: number, height: number): void {
  for (const plane of [half.red, half.green, half.blue]) {
    if (width % 2 === 1) {
      for (let at = half.width - 1; at < plane.length; at += half.width) plane[at] = (plane[at] as number) * 2
    }
    if (height % 2 === 1) {
      for (let at = plane.length - half.width; at < plane.length; at++) plane[at] = (plane[at] as number) * 2
    }
    for (let at = 0; at < plane.length; at++) plane[at] = (plane[at] as number) / 4
  }
}

/** The offsets and factors that bring each plane to about 0 to 1 are SSIMULACRA 2's. */
function inXyb(
  { width, height, red, green, blue }: LinearPlanes,
  withBlue: boolean,
  space: PlaneSpace,
): PerceptualPlanes {
  const light = space.take(width * height)
  const redGreen = space.take(width * height)
  const blueYellow = withBlue ? space.take(width * height) : undefined
  for (let at = 0; at < light.length; at++) {
    const r = red[at] as number
    const g = green[at] as number
    const b = blue[at] as number
    const long = longCone(r, g, b)
    const middle = middleCone(r, g, b)
    const y = (long + middle) / 2
    light[at] = y + 0.01
    redGreen[at] = ((long - middle) / 2) * 14 + 0.42
    if (blueYellow) blueYellow[at] = shortCone(r, g, b) - y + 0.55
  }
  return { width, height, light, redGreen, ...(blueYellow && { blueYellow }) }
}

function linearPlanes(width: number, height: number, space: PlaneSpace): LinearPlanes {
  const size = width * height
  return { width, height, red: space.take(size), green: space.take(size), blue: space.take(size) }
}
