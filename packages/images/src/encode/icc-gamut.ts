/**
 * From XYZ under D50, the connection space of ICC profiles, to linear sRGB (Bruce Lindbloom's matrix for sRGB, adapted by Bradford).
 */
const XYZ_TO_SRGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const

/** How far outside sRGB a primary must lie. Display P3 has −0.22, Adobe RGB −0.40; the roundings of sRGB profiles stay below 0.01. */
const OUTSIDE = -0.05

/**
 * Whether a profile reaches colours that sRGB cannot: whether one of its primaries lies outside (ICC.1:2022, 9.2: `rXYZ`, `gXYZ`,
 * `bXYZ`). Profiles without primaries (printers, tables only) count as not wide: what they describe is converted.
 */
export function isWideGamut(profile: Uint8Array): boolean {
  if (profile.byteLength < 132) return false
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength)
  const ascii = (at: number): string => String.fromCharCode(...profile.subarray(at, at + 4))
  if (ascii(16) !== 'RGB ') return false
  const tags = new Map<string, number>()
  const count = Math.min(view.getUint32(128), 100)
  for (let index = 0; index < count && 144 + index * 12 <= profile.byteLength; index++) {
    tags.set(ascii(132 + index * 12), view.getUint32(136 + index * 12))
  }
  return ['rXYZ', 'gXYZ', 'bXYZ'].some((tag) => {
    const at = tags.get(tag)
    if (at === undefined || at + 20 > profile.byteLength) return false
    // Numbers with sixteen bits behind the point, behind a signature and four reserved bytes.
    const xyz = [8, 12, 16].map((offset) => view.getInt32(at + offset) / 65536)
    return XYZ_TO_SRGB.some((row) => row.reduce((sum, factor, index) => sum + factor * xyz[index]!, 0) < OUTSIDE)
  })
}
