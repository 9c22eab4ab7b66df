import type { BeaconCulprit } from '@paceline/kit'
import { life } from './delivery.ts'

/** Places of one metric in one beacon. */
const PLACES = 5

/**
 * Adds up by place; of many of a metric the heaviest stay. What names neither a file nor an element is nobody's fault that anybody could find:
 * inline scripts, extensions.
 */
export function addCulprit(culprit: BeaconCulprit): void {
  const { metric, file, char, ms, target } = culprit
  if (!file && !target) return
  const culprits = (life.culprits ??= [])
  const known = culprits.find((one) => one.metric === metric && one.file === file && one.char === char)
  if (known) known.ms += ms
  else culprits.push({ ...culprit })
  const places = culprits.filter((one) => one.metric === metric).sort((a, b) => b.ms - a.ms)
  if (places.length > PLACES) culprits.splice(culprits.indexOf(places[PLACES]!), 1)
}

/** The file of a URL when it is a script; nothing else of the URL: paths of pages may say who is there. */
export const fileOf = (url: string): string => /[^/?#]+\.[cm]?[jt]sx?(?=$|[?#])/.exec(url)?.[0].slice(-80) ?? ''
