/** A small opaque picture, row after row from the top. */
export interface TinyPicture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** Pixels of the longer side. A thumbhash has seven waves a side at most; browsers blur the rest. */
const SIDE = 16

/**
 * Decodes a thumbhash in base64 (Evan Wallace, https://evanw.github.io/thumbhash): a discrete cosine transform of few terms in three channels,
 * lightness, yellow against blue and red against green. Transparency is left out: pictures that have some get no placeholder.
 */
export function decodeThumbhash(hash: string, side: number = SIDE): TinyPicture {
  const bytes = Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0))
  const byte = (at: number): number => bytes[at] ?? 0
  const head = byte(0) | (byte(1) << 8) | (byte(2) << 16)
  const tail = byte(3) | (byte(4) << 8)
  const hasAlpha = head >> 23
  const isLandscape = tail >> 15
  const most = hasAlpha ? 5 : 7
  const [across, down] = isLandscape ? [most, tail & 7] : [tail & 7, most]
  const width = Math.round(across > down ? side : (side * across) / down)
  const height = Math.round(across > down ? (side * down) / across : side)

  let nibble = hasAlpha ? 12 : 10
  const channel = (mean: number, scale: number, columns: number, rows: number): Channel => {
    const terms: Term[] = []
    for (let y = 0; y < rows; y++) {
      for (let x = y ? 0 : 1; x * rows < columns * (rows - y); x++, nibble++) {
        const value = (byte(nibble >> 1) >> ((nibble & 1) << 2)) & 15
        terms.push({ x, y, factor: (value / 7.5 - 1) * scale * 2 })
      }
    }
    return { mean, terms }
  }
  // The encoder rounds colours towards grey; a quarter more brings them back.
  const lightness = channel((head & 63) / 63, ((head >> 18) & 31) / 31, Math.max(3, across), Math.max(3, down))
  const yellow = channel(((head >> 6) & 63) / 31.5 - 1, (((tail >> 3) & 63) / 63) * 1.25, 3, 3)
  const red = channel(((head >> 12) & 63) / 31.5 - 1, (((tail >> 9) & 63) / 63) * 1.25, 3, 3)

  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [l, p, q] = [lightness, yellow, red].map((part) =>
        valueAt(part, (x + 0.5) / width, (y + 0.5) / height),
      ) as [number, number, number]
      const b = l - (2 / 3) * p
      const r = (3 * l - b + q) / 2
      rgb.set(
        [r, r - q, b].map((value) => Math.max(0, Math.min(255, value * 255))),
        at,
      )
    }
  }
  return { width, height, rgb }
}

interface Term {
  readonly x: number
  readonly y: number
  readonly factor: number
}

interface Channel {
  readonly mean: number
  readonly terms: readonly Term[]
}

function valueAt({ mean, terms }: Channel, x: number, y: number): number {
  return terms.reduce(
    (sum, term) => sum + term.factor * Math.cos(Math.PI * term.x * x) * Math.cos(Math.PI * term.y * y),
    mean,
  )
}
