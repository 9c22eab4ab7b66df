/** A decoded picture: 8 bits a channel, sRGB, row after row, not premultiplied. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  /** Grey, grey and alpha, RGB, RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4
}

/** Whether a pixel lets the background through. */
export function isTranslucent({ data, channels }: Pixels): boolean {
  if (channels % 2 === 1) return false
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return true
  return false
}

/** Gives the memory of pixels back at once; see {@link releaseBytes}. */
export function releasePixels({ data }: Pixels): void {
  releaseBytes(data)
}

/**
 * Gives memory back at once; the bytes are empty from now on. The garbage collector would come for them much later, and what lies in between keeps
 * the encoders' memory from going back to the system.
 */
export function releaseBytes({ buffer, byteLength }: Uint8Array): void {
  // What shares its memory with others is not ours to give back.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
