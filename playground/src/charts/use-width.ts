import { type RefCallback, useState } from 'react'

/** The width that an element has on the page, kept up to date; a guess until it is there. */
export function useWidth(guess = 600): [ref: RefCallback<HTMLElement>, width: number] {
  const [width, setWidth] = useState(guess)
  // The same function at every render, so that React does not detach and attach it each time.
  const [ref] = useState<RefCallback<HTMLElement>>(() => (element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  })
  return [ref, width]
}
