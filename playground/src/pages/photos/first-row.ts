/** As photo-tile.module.css has them: how wide a tile is at first and at most, for a ratio of 1, and at least; and what lies between two, CSS pixels. */
const BASE = 210
const MOST = 340
const LEAST = 200
const GAP = 14

/**
 * How wide the tiles are that the first row of the gallery holds, in whole CSS pixels: what `sizes` needs to know before the layout.
 *
 * @param ratios of the photographs in their order, width to height
 * @param width of the gallery, CSS pixels
 */
export function firstRow(ratios: readonly number[], width: number): readonly number[] {
  const row = ratios.slice(0, tilesOf(ratios, width))
  const sum = row.reduce((total, ratio) => total + ratio, 0)
  // What stands in the last row does not grow.
  const height = row.length === ratios.length ? BASE : (width - GAP * (row.length - 1)) / sum
  return row.map((ratio) => Math.round(Math.min(width, ratio * MOST, Math.max(LEAST, ratio * height))))
}

function tilesOf(ratios: readonly number[], width: number): number {
  let taken = -GAP
  const next = ratios.findIndex((ratio) => {
    taken += GAP + Math.min(width, ratio * MOST, Math.max(LEAST, ratio * BASE))
    return taken > width
  })
  return next === -1 ? ratios.length : Math.max(1, next)
}
