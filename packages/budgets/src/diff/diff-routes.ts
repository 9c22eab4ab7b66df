import type { FileKind, Load, RouteEntry } from '@paceline/build-graph'
import type { LoadChange, RouteChange } from './report-diff.ts'
import { changeOf, compare, FILE_SIZES, statusOf } from './sizes.ts'

const LOAD_FIGURES = [...FILE_SIZES, 'requests', 'depth'] as const

/** Routes that changed in anything a visitor downloads, biggest change of the first load first, removed routes last. */
export function diffRoutes(
  before: readonly RouteEntry[],
  after: readonly RouteEntry[],
  aligned: ReadonlyMap<string, string>,
): RouteChange[] {
  const left = new Set(before)
  const take = (test: (route: RouteEntry) => boolean): RouteEntry | undefined => {
    const found = [...left].find(test)
    if (found) left.delete(found)
    return found
  }
  const pairs: { old?: RouteEntry | undefined; now?: RouteEntry }[] = after.map((now) => ({
    // The id is what people call the route; the module finds it again when its path was changed.

    old: take(({ id }) => id === now.id) ?? take(({ module }) => aligned.get(module) === now.module),
    now,
  }))
  for (const old of left) pairs.push({ old })
  return pairs
    .map(({ old, now }): RouteChange => ({
      id: (now ?? old)!.id,
      module: (now ?? old)!.module,
      status: statusOf(old, now),
      firstLoad: diffLoads(old?.firstLoad, now?.firstLoad),
      navigation: diffLoads(old?.navigation, now?.navigation),
    }))
    .filter(({ status, firstLoad, navigation }) => status !== 'changed' || moved(firstLoad) || moved(navigation))
    .sort(
      (a, b) =>
        Number(a.status === 'removed') - Number(b.status === 'removed') ||
        Math.abs(b.firstLoad.delta.brotli) - Math.abs(a.firstLoad.delta.brotli) ||
        Math.abs(b.firstLoad.delta.requests) - Math.abs(a.firstLoad.delta.requests) ||
        compare(a.id, b.id),
    )
}

function moved(load: LoadChange): boolean {
  const kinds = Object.values(load.byKind).flatMap(({ delta }) => Object.values(delta))
  return [...Object.values(load.delta), ...kinds].some((figure) => figure !== 0)
}

function diffLoads(before: Load | undefined, after: Load | undefined): LoadChange {
  const kinds = [...new Set([...Object.keys(before?.byKind ?? {}), ...Object.keys(after?.byKind ?? {})])] as FileKind[]
  return {
    ...changeOf(LOAD_FIGURES, before, after),
    byKind: Object.fromEntries(
      kinds
        .sort(compare)
        .map((kind) => [kind, changeOf([...FILE_SIZES, 'requests'], before?.byKind[kind], after?.byKind[kind])]),
    ),
  }
}
