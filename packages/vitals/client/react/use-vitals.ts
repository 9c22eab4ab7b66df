import { useEffect, useState } from 'react'
import { sla, subscribe } from 'virtual:paceline/vitals'
import { limitsOf } from '../facade/watch-sla.ts'
import { emptyModel, rowsOf, withEvent, type Row } from '../overlay/model.ts'

/** How the page stands against the SLA, line by line; anew whenever something is measured. */
export function useVitals(): readonly Row[] {
  const [model, setModel] = useState(emptyModel)
  useEffect(
    () =>
      subscribe((event) => {
        const detail = event.type === 'metric' ? (event.target ?? '') : ''
        setModel((before) => withEvent(before, event, limitsOf(sla, location.pathname), detail))
      }),
    [],
  )
  // On a server there is no path, and nothing is measured.
  return rowsOf(model, typeof location === 'undefined' ? sla.limits : limitsOf(sla, location.pathname))
}
