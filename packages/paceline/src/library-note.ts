import type { Plugin } from 'vite'

const NOTE =
  'paceline: `build.lib` makes a library: it is measured and its budgets hold. Its users compress and deliver it with their apps.'

/** Says of a library what does not happen to it. */
export function libraryNote(): Plugin {
  return {
    name: 'paceline:library-note',
    apply: 'build',
    configResolved({ build, logger }) {
      if (build.lib) logger.info(NOTE)
    },
  }
}
