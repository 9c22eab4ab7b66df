/**
 * The smallest EXIF block there is: one entry that says which way is up (EXIF 2.32, 4.6.4, tag 0x0112). What is left of a header when all
 * that is private has gone.
 */
export function tiffOrientation(orientation: number): Uint8Array {
  const [header, entry, end] = ['4d4d002a00000008', `00010112000300000001000${orientation}0000`, '00000000']
  return Buffer.from(header + entry + end, 'hex')
}
