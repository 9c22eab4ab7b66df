/** CSS pixels in a unit of CSS (CSS Values 4, 6.2). `em` and `ex` are those of the browsers' default text. */
const PIXELS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
}

export interface SvgSize {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** The larger side of the view box, in its own units. */
  readonly extent: number
}

/**
 * How large a browser shows an SVG in an `<img>` without a size: its `width` and `height`, what is missing from the ratio of its view box, else
 * from 300 × 150 (CSS 2.2, 10.3.2).
 */
export function svgSize(attributes: Readonly<Record<string, string>>): SvgSize {
  const [, , boxWidth = 0, boxHeight = 0] = (attributes['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const hasBox = boxWidth > 0 && boxHeight > 0
  const ratio = hasBox ? boxWidth / boxHeight : 2
  const width = lengthOf(attributes['width'])
  const height = lengthOf(attributes['height'])
  const shown =
    width !== undefined
      ? { width, height: height ?? width / ratio }
      : height !== undefined
        ? { width: height * ratio, height }
        : hasBox
          ? { width: boxWidth, height: boxHeight }
          : { width: 300, height: 150 }
  return { ...shown, extent: hasBox ? Math.max(boxWidth, boxHeight) : Math.max(shown.width, shown.height) }
}

/** Nothing for percentages: they are of a place that nobody knows here. */
function lengthOf(value: string | undefined): number | undefined {
  const match = /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(value ?? '')
  const unit = PIXELS[match?.[2]?.toLowerCase() ?? '?']
  const length = match && unit !== undefined ? Number(match[1]) * unit : 0
  return length > 0 ? length : undefined
}
