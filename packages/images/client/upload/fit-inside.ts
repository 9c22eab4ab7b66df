export interface Size {
  readonly width: number
  readonly height: number
}

/** The largest whole size of the same ratio within the bounds. Never larger than the picture, never less than a pixel. */
export function fitInside({ width, height }: Size, maxWidth: number, maxHeight: number): Size {
  const scale = Math.min(1, maxWidth / width, maxHeight / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
