import type { AppSize } from './make-app.ts'

/** What is varied, with everything else as small as it may be. */
export interface AxisOfSize {
  readonly name: AxisName
  /** Under the plot. */
  readonly unit: string
  readonly points: readonly number[]
  readonly appOf: (size: number) => AppSize
  /** Releases that are kept, and deployed before what is measured. */
  readonly releasesOf: (size: number) => number
}

export const AXIS_NAMES = ['modules', 'assets', 'images', 'releases'] as const
export type AxisName = (typeof AXIS_NAMES)[number]

const SMALL: AppSize = { modules: 50, assets: 0, images: 0 }
const none = (): number => 0

export const AXES: Readonly<Record<AxisName, AxisOfSize>> = {
  modules: {
    name: 'modules',
    unit: 'modules of about 1 kB',
    points: [100, 300, 1000, 3000, 10_000, 20_000],
    appOf: (modules) => ({ ...SMALL, modules }),
    releasesOf: none,
  },
  assets: {
    name: 'assets',
    unit: 'public JSON files of about 3 kB',
    points: [10, 30, 100, 300, 1000, 3000],
    appOf: (assets) => ({ ...SMALL, assets }),
    releasesOf: none,
  },
  images: {
    name: 'images',
    unit: 'imported photographs, 640 × 480',
    points: [1, 3, 10, 30, 100],
    appOf: (images) => ({ ...SMALL, images }),
    releasesOf: none,
  },
  releases: {
    name: 'releases',
    unit: 'releases kept, of an app of 1,000 modules',
    points: [1, 2, 5, 10, 20],
    appOf: () => ({ ...SMALL, modules: 1000 }),
    releasesOf: (releases) => releases,
  },
}
