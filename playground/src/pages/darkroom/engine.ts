import init from './filters.wasm?init'
import type { Filters } from './javascript-filters.ts'
import { wrapFilters } from './wasm-filters.ts'

/** A side is at most this long: enough to see the work, little enough to stay below the blink of an eye. */
const LONGEST = 900

export async function loadEngine(): Promise<Filters> {
  return wrapFilters(await init())
}

/** Fetches a picture and reads its pixels. */
export async function loadPixels(url: string): Promise<ImageData> {
  const response = await fetch(url)
  if (!response.ok) throw new Error('The photograph did not arrive. Check the connection and try again.')
  const bitmap = await createImageBitmap(await response.blob())
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height))
  const width = Math.round(bitmap.width * scale)
  const height = Math.round(bitmap.height * scale)
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  return context.getImageData(0, 0, width, height)
}
