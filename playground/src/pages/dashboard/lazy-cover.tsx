import { lazy, Suspense } from 'react'
import type { CoverProps } from '../../components/cover.tsx'

/**
 * All photographs, and where their files are, would be in the first load of every page. A list without its thumbnails is better than an
 * error, so one is all that a failed import costs.
 */
const Cover = lazy(() =>
  import('../../components/cover.tsx').then(
    (module) => ({ default: module.Cover }),
    () => ({ default: () => undefined }),
  ),
)

export function LazyCover(props: CoverProps) {
  return (
    <Suspense>
      <Cover {...props} />
    </Suspense>
  )
}
