import { type ReactNode, startTransition, useEffect, useState } from 'react'

/**
 * What is below the fold: rendered between frames, once the rest of the page is on the screen. A deferred value cannot do it, as React
 * renders no deferred value within another.
 */
export function Later({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => startTransition(() => setShown(true)), [])
  return shown && children
}
