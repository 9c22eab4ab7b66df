/**
 * Spearman's rank correlation: 1 when both lists rank alike. Equal values share the mean of their ranks.
 *
 * @throws {RangeError} When the lists differ in length.
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) {
    throw new RangeError(
      `\`b\` must have as many values as \`a\`, ${a.length}; received ${b.length}. Pair them up first.`,
    )
  }
  const [x, y] = [ranks(a), ranks(b)]
  const mean = (a.length + 1) / 2
  let [together, ofX, ofY] = [0, 0, 0]
  for (const [at, rank] of x.entries()) {
    const [dx, dy] = [rank - mean, (y[at] as number) - mean]
    together += dx * dy
    ofX += dx * dx
    ofY += dy * dy
  }
  return together / Math.sqrt(ofX * ofY)
}

function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1)
}
