import type { PacelineOptions } from 'paceline'

/** How Lumen is split: what the entry needs of packages, in files that live as long as what is in them, and the plan for the rest. */
export const chunkOptions: Exclude<PacelineOptions['chunks'], false> = {
  strategy: 'planned',
  stable: true,
  groups: {
    'react-vendor': ['react', 'react-dom', 'scheduler'],
    fluentui: ['@fluentui/*', '@griffel/*', 'keyborg'],
    vendor: 'node_modules',
  },
}
