import type { Life } from './types.ts'

/** The route table of the build: the place in the list is the number of the route. */
let table: readonly RegExp[] = []

export function setRoutes(routes: readonly RegExp[]): void {
  table = routes
}

/** The number of the route of a path; -1 when no route has it. */
export const routeOf = (path: string): number => table.findIndex((route) => route.test(path))

/** @param path of the URL of the page */
export function createLife(path: string): Life {
  return {
    v: 1,
    // No file can hold a hash over all files: it stands in the page, on the tag of this script.
    release: document.querySelector<HTMLElement>('[data-paceline]')!.dataset['paceline']!,
    // `crypto.randomUUID` is for secure contexts only; the name of a blob is a UUID everywhere, but asks another process for it.
    page: crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36),
    seq: 0,
    type: 'opened',
    route: routeOf(path),
    // Until web-vitals says it, with the first metric.
    nav: 'navigate',
    device:
      Math.min(screen.width, screen.height) < 600
        ? 'mobile'
        : matchMedia('(pointer:coarse)').matches
          ? 'tablet'
          : 'desktop',
    sampleRate: PACELINE_SAMPLE_RATE,
    metrics: {},
    operations: [],
    operationsTotal: 0,
  }
}
