import { expect, type Locator } from '@playwright/test'

/** A picture of a page, and what the browser made of it. */
export interface ShownPicture {
  readonly alt: string
  /** Address of the file that the browser chose. */
  readonly file: string
  /** Of that file, in pixels, as the `srcset` says. */
  readonly width: number
  /** All that the `srcset` has of this format, narrow to wide. */
  readonly widths: readonly number[]
  /** How wide it is on the page, in CSS pixels; what `object-fit` cuts off counts. */
  readonly shown: number
}

/** Scrolls to a picture, waits until it is there, and reads what was chosen. */
export async function readPicture(image: Locator): Promise<ShownPicture> {
  await image.scrollIntoViewIfNeeded()
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0)).toBe(true)
  return image.evaluate((one: HTMLImageElement) => {
    const candidatesOf = (srcset: string) =>
      srcset.split(', ').map((candidate) => {
        const [url = '', width = ''] = candidate.split(' ')
        return { url: new URL(url, location.href).href, width: Number.parseInt(width, 10) }
      })
    const sources = [...(one.parentElement?.querySelectorAll('source') ?? [])].map(({ srcset }) => candidatesOf(srcset))
    const candidates = sources.find((list) => list.some(({ url }) => url === one.currentSrc)) ?? []
    const style = getComputedStyle(one)
    const inner = (side: string, size: number): number =>
      size - Number.parseFloat(style.getPropertyValue(`padding-${side}`)) * 2
    const [width, height] = [inner('left', one.clientWidth), inner('top', one.clientHeight)]
    const ratio = one.naturalWidth / one.naturalHeight
    return {
      alt: one.alt,
      file: one.currentSrc,
      width: candidates.find(({ url }) => url === one.currentSrc)?.width ?? 0,
      widths: candidates.map((candidate) => candidate.width),
      shown: style.objectFit === 'cover' ? Math.max(width, height * ratio) : width,
    }
  })
}

/**
 * The file for a place: the smallest that is wide enough, or the widest.
 *
 * @param needed in pixels of the screen
 */
export function bestWidth(widths: readonly number[], needed: number): number {
  return widths.find((width) => width >= needed) ?? widths.at(-1)!
}
