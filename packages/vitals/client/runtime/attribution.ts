import { observe, type FrameTiming, type ScriptTiming, type ShiftTiming } from './browser.ts'
import { addCulprit, fileOf } from './culprits.ts'
import { changed, life } from './delivery.ts'
import { nameNode } from './name-node.ts'
import type { Explain } from './vitals.ts'

/** Long frames that are remembered until the interaction is reported which they were slow for. */
const FRAMES = 30

const frames: FrameTiming[] = []
let observer: PerformanceObserver | undefined

/** Sees all long frames: the scripts that took most of them are in the beacon. */
export function observeFrames(): void {
  observer = observe('long-animation-frame', see)
}

function see(frame: FrameTiming): void {
  frames.push(frame)
  if (frames.length > FRAMES) frames.shift()
  for (const script of frame.scripts) addCulprit({ metric: 'loaf', ...placeOf(script), ms: script.duration })
  changed()
}

/** What is behind LCP, INP and CLS: the element, and for INP the place in the code. */
export const explain: Explain = (metric, entries) => {
  let [first] = entries as PerformanceEventTiming[]
  let node: Node | null | undefined
  let source: string | undefined
  let place = { file: '', char: 0, ms: first?.startTime ?? 0 }
  if (metric === 'lcp') node = (entries[0] as LargestContentfulPaint | undefined)?.element
  else if (metric === 'cls') {
    const [worst] = (entries as ShiftTiming[]).toSorted((a, b) => b.value - a.value)
    place.ms = worst?.startTime ?? 0
    node = worst?.sources.find((source) => source.node)?.node
  } else if (metric === 'inp' && first) {
    const { startTime, duration } = first
    node = (entries as PerformanceEventTiming[]).find(({ target }) => target)?.target as Node | undefined
    // A frame may not have been handed over yet.
    ;(observer?.takeRecords() as FrameTiming[] | undefined)?.forEach(see)
    const overlap = (script: ScriptTiming): number =>
      script.startTime + script.duration - Math.max(script.startTime, startTime)
    const [longest] = frames
      .filter((frame) => frame.startTime < startTime + duration && frame.startTime + frame.duration > startTime)
      .flatMap(({ scripts }) => scripts)
      // One that was done before the person did something did not keep anybody waiting.
      .filter((script) => overlap(script) > 0)
      .sort((a, b) => overlap(b) - overlap(a))
    source = longest?.sourceURL
    place = longest ? { ...placeOf(longest), ms: overlap(longest) } : { ...place, ms: duration }
  } else return undefined
  const target = nameNode(node)
  life.culprits = (life.culprits ?? []).filter((culprit) => culprit.metric !== metric)
  addCulprit({ metric, ...place, target })
  return { target, source }
}

function placeOf({ sourceURL, sourceCharPosition }: ScriptTiming): { file: string; char: number } {
  return { file: fileOf(sourceURL), char: Math.max(sourceCharPosition, 0) }
}
