import sharp from 'sharp'

/** Side of the square that drawings are compared in. */
const SIDE = 256
/** A pixel that differs by more than this of 255 is another colour, not another rounding at an edge. */
const NOTICEABLE = 24
/** Of all pixels; edges that moved by a rounding are fewer. */
const TOLERATED = 0.0005

/**
 * Whether two SVGs draw the same, by librsvg's rendering. It does not run animations and has no HTML.
 *
 * @throws what librsvg says when one of them cannot be drawn
 */
export async function isSameDrawing(a: string, b: string): Promise<boolean> {
  const [before, after] = await Promise.all([draw(a), draw(b)])
  if (before.byteLength !== after.byteLength) return false
  let different = 0
  for (let at = 0; at < before.length; at += 4) {
    // Where nothing is seen, the colour does not count.
    const seen = Math.max(before[at + 3]!, after[at + 3]!) / 255
    const colour = Math.max(...[0, 1, 2].map((band) => Math.abs(before[at + band]! - after[at + band]!))) * seen
    if (Math.max(colour, Math.abs(before[at + 3]! - after[at + 3]!)) > NOTICEABLE) different++
  }
  return different <= TOLERATED * (before.length / 4)
}

function draw(svg: string): Promise<Uint8Array> {
  // The text is in UTF-8 now, whatever its declaration says.
  const bytes = Buffer.from(svg.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''))
  return sharp(bytes, { unlimited: false })
    .resize(SIDE, SIDE, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .timeout({ seconds: 30 })
    .toBuffer()
}
