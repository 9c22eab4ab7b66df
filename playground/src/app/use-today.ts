import { useState } from 'react'

/** The moment at which the component came, the same at every render. */
export function useToday(): Date {
  const [today] = useState(() => new Date())
  return today
}
