import { type PointerEvent, useState } from 'react'

interface Pointed {
  /** Number of the value under the pointer. */
  index: number | null
  handlers: { onPointerMove: (event: PointerEvent<SVGSVGElement>) => void; onPointerLeave: () => void }
}

/** Which of `count` values, spread evenly from `left` to `right`, the pointer is nearest to. */
export function usePointer(count: number, left: number, right: number): Pointed {
  const [index, setIndex] = useState<number | null>(null)
  return {
    index: index !== null && index < count ? index : null,
    handlers: {
      onPointerMove: (event) => {
        const { left: edge } = event.currentTarget.getBoundingClientRect()
        const share = (event.clientX - edge - left) / (right - left)
        setIndex(Math.round(Math.min(1, Math.max(0, share)) * (count - 1)))
      },
      onPointerLeave: () => setIndex(null),
    },
  }
}
