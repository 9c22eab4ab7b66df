import { Children, type ReactNode, startTransition, useEffect, useState } from 'react'

/**
 * Children that are rendered one after another, each between frames and in a frame of its own, once what stands around them is on the
 * screen: many panels at once are a long task. A deferred value cannot do it, as React renders no deferred value within another.
 */
export function Later({ children }: { children: ReactNode }) {
  const parts = Children.toArray(children)
  const [shown, setShown] = useState(0)
  useEffect(() => {
    if (shown >= parts.length) return
    const frame = requestAnimationFrame(() => startTransition(() => setShown(shown + 1)))
    return () => cancelAnimationFrame(frame)
  }, [shown, parts.length])
  return parts.slice(0, shown)
}
