/** The same filters as filters.wat, to compare with: same arithmetic, same pixels. */
export type Pixels = Uint8ClampedArray

export interface Filters {
  grayscale(source: Pixels, width: number, height: number): Pixels
  edges(source: Pixels, width: number, height: number): Pixels
  blur(source: Pixels, width: number, height: number, radius: number): Pixels
}

const clamp = (value: number, end: number): number => (value < 0 ? 0 : value >= end ? end - 1 : value)

function luma(pixels: Pixels, at: number): number {
  return (pixels[at]! * 77 + pixels[at + 1]! * 150 + pixels[at + 2]! * 29) >>> 8
}

function setGrey(target: Pixels, source: Pixels, at: number, value: number): void {
  target[at] = target[at + 1] = target[at + 2] = value
  target[at + 3] = source[at + 3]!
}

export const javascriptFilters: Filters = {
  grayscale(source) {
    const target = new Uint8ClampedArray(source.length)
    for (let at = 0; at < source.length; at += 4) setGrey(target, source, at, luma(source, at))
    return target
  },

  edges(source, width, height) {
    const target = new Uint8ClampedArray(source.length)
    const lumaAt = (x: number, y: number): number => luma(source, (clamp(y, height) * width + clamp(x, width)) * 4)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [nw, n, ne] = [lumaAt(x - 1, y - 1), lumaAt(x, y - 1), lumaAt(x + 1, y - 1)]
        const [w, e] = [lumaAt(x - 1, y), lumaAt(x + 1, y)]
        const [sw, s, se] = [lumaAt(x - 1, y + 1), lumaAt(x, y + 1), lumaAt(x + 1, y + 1)]
        const horizontal = ne + 2 * e + se - nw - 2 * w - sw
        const vertical = sw + 2 * s + se - nw - 2 * n - ne
        setGrey(target, source, (y * width + x) * 4, Math.min(255, Math.abs(horizontal) + Math.abs(vertical)))
      }
    }
    return target
  },

  blur(source, width, height, radius) {
    const target = new Uint8ClampedArray(source.length)
    const count = (2 * radius + 1) ** 2
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const here = (y * width + x) * 4
        let [red, green, blue] = [0, 0, 0]
        for (let dy = -radius; dy <= radius; dy++) {
          for (let dx = -radius; dx <= radius; dx++) {
            const there = (clamp(y + dy, height) * width + clamp(x + dx, width)) * 4
            red += source[there]!
            green += source[there + 1]!
            blue += source[there + 2]!
          }
        }
        target[here] = Math.floor(red / count)
        target[here + 1] = Math.floor(green / count)
        target[here + 2] = Math.floor(blue / count)
        target[here + 3] = source[here + 3]!
      }
    }
    return target
  },
}
