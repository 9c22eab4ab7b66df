/** How far from the start the mark of an animation may stand: behind a profile in PNG. */
export const HEAD_BYTES: number = 64 * 1024

/**
 * Whether a file may move, by its first bytes: a canvas would keep its first frame. Of a GIF it is assumed; those that do not move are
 * rare, and small.
 */
export function isAnimated(head: Uint8Array): boolean {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to))
  if (text(0, 4) === 'GIF8') return true
  if (text(8, 16) === 'WEBPVP8X') return (head[20]! & 2) !== 0
  if (text(4, 12) === 'ftypavis') return true
  if (text(1, 4) !== 'PNG') return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  for (let at = 8; at + 8 <= head.byteLength; at += 12 + view.getUint32(at)) {
    const type = text(at + 4, at + 8)
    if (type === 'acTL') return true
    if (type === 'IDAT') return false
  }
  return false
}
