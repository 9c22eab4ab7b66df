import type { Interval } from './interval.ts'

/** A task is long from here on, ms. */
const LONG = 50

/**
 * Long tasks of the main thread: those of the Long Tasks API, and what it leaves out. Chromium reports a task there only when a script ran in it,
 * so that a frame that is nothing but styles, layout and paint is missing, however long it takes; Lighthouse reads both from its trace.
 *
 * @param tasks what the Long Tasks API has reported
 * @param renderings from `renderStart` to the end of each long animation frame
 * @returns in the order of time
 */
export function longTasksOf(tasks: readonly Interval[], renderings: readonly Interval[]): Interval[] {
  // A callback of requestAnimationFrame makes a rendering one that is reported by itself.
  const isKnown = ({ start, end }: Interval): boolean => {
    const middle = (start + end) / 2
    return tasks.some((task) => task.start <= middle && task.end >= middle)
  }
  const missing = renderings.filter((one) => one.end - one.start >= LONG && !isKnown(one))
  return [...tasks, ...missing].toSorted((a, b) => a.start - b.start)
}
