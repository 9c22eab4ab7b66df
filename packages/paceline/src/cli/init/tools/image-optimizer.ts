import { unwrap, propertyOf } from '../syntax/nodes.ts'
import { automatic, none, type OptionMove, type OptionRule } from '../move.ts'
import type { PluginTool } from './plugin-tool.ts'

const ONE_SCALE =
  'There is one setting for all formats, and by default a score that every file reaches: `images.quality`.'

/** @see https://github.com/FatehAK/vite-plugin-image-optimizer */
export const imageOptimizer: PluginTool = {
  package: 'vite-plugin-image-optimizer',
  factories: ['ViteImageOptimizer'],
  turnsOff: 'images',
  instead: 'images',
  rules: {
    test: none('Every image is looked at; `images.include` takes globs.'),
    include: {
      becomes: '`images.include`',
      note: 'Globs only, relative to the Vite root.',
      move: moveGlobs('include'),
    },
    exclude: {
      becomes: '`images.exclude`',
      note: 'Globs only, relative to the Vite root.',
      move: moveGlobs('exclude'),
    },
    includePublic: {
      becomes: '`images.exclude`',
      note: "When it is `false`: `['public/**']`.",
      move(option) {
        if (option.is(false)) option.to('images.exclude', [option.print(`${option.facts.publicDir}/**`)])
        else option.automatic('Public images get better formats beside them.')
      },
    },
    jpeg: quality(),
    jpg: quality(),
    png: none(ONE_SCALE),
    webp: none(ONE_SCALE),
    avif: none(ONE_SCALE),
    tiff: none(ONE_SCALE),
    gif: none(ONE_SCALE),
    svg: none('SVG files are written shorter by settings of our own, and compared: they draw the same.'),
    cache: automatic('Results are always cached, by content: `cache`.'),
    cacheLocation: automatic('`node_modules/.cache/paceline`; `cache.dir` names another one.'),
    logStats: automatic('One line says what was saved; `.paceline/report.json` has each file.'),
    ansiColors: automatic('Colours follow the terminal.'),
  },
}

function quality(): OptionRule {
  return {
    becomes: '`images.quality`',
    note: 'Its `quality` alone. It is that of a JPEG, and other formats look as good. Without it: `{ target: 80 }`, a score.',
    move(option) {
      const value = option.node.type === 'ObjectExpression' ? propertyOf(option.node, 'quality') : undefined
      const read = value && option.read(value)
      if (value && read?.known && typeof read.value === 'number')
        option.to('images.quality', option.code(unwrap(value)))
      else option.none('has no quality that could be read')
    },
  }
}

function moveGlobs(name: 'include' | 'exclude'): (option: OptionMove) => void {
  return (option) => {
    const read = option.read()
    const globs = read.known ? [read.value].flat() : []
    if (globs.length > 0 && globs.every((glob) => typeof glob === 'string')) {
      // A bare name means the file wherever it is.
      const anywhere = globs.map((glob) => (glob.includes('/') ? glob : `**/${glob}`))
      option.to(
        `images.${name}`,
        anywhere.map((glob) => option.print(glob)),
      )
    } else if (globs.length === 0 && read.known && read.value === undefined) option.automatic('It is not set.')
    else option.none('an expression; write globs relative to the Vite root')
  }
}
