import type { Expression } from 'oxc-parser'
import { automatic, none, stays, type OptionMove } from '../move.ts'
import type { PluginTool } from './plugin-tool.ts'

const FORMATS = new Set(['avif', 'webp'])

/** @see https://github.com/JonasKruckenberg/imagetools */
export const imagetools: PluginTool = {
  package: 'vite-imagetools',
  factories: ['imagetools'],
  instead: 'images',
  rules: {
    include: none('Imports with directives alone; the app has none. `images.include` takes globs over files.'),
    exclude: none('Imports with directives alone; the app has none. `images.exclude` takes globs over files.'),
    defaultDirectives: {
      becomes: '`images.formats`, `images.widths`, `images.quality`',
      note: '`format`, `w` and `quality` of a `URLSearchParams` that can be read. Other directives have no equivalent, nor has another format for a plain import: it keeps its own, optimised, and `?picture` has the others.',
      move: moveDirectives,
    },
    extendTransforms: stays('makes images that only your own code knows how to make'),
    extendOutputFormats: stays('makes outputs that only your own code knows how to make'),
    resolveConfigs: stays('decides by your own code what to make'),
    removeMetadata: automatic('Metadata is always removed.'),
    namedExports: none('`?picture` has a default export.'),
    cache: automatic('Results are always cached, by content: `cache`.'),
  },
  needed: ({ imageQueries }) => ({
    uses: imageQueries,
    because:
      'Imports with its directives need it. Write `?picture` and `<Picture>` in their place (docs/images.md) and run the command again; until then both work side by side.',
  }),
}

function moveDirectives(option: OptionMove): void {
  const { node } = option
  const [argument] = node.type === 'NewExpression' ? node.arguments : []
  const read = argument ? option.read(argument as Expression) : undefined
  if (!read?.known) return option.none('a function; write `images.formats`, `widths` and `quality`')
  const directives = new URLSearchParams(read.value as Record<string, string>)
  for (const [name, value] of directives) moveDirective(option, name, value.split(';'))
}

function moveDirective(option: OptionMove, name: string, values: readonly string[]): void {
  const numbers = values.map(Number).filter((value) => Number.isInteger(value) && value > 0)
  if (name === 'format' && values.some((value) => FORMATS.has(value))) {
    option.to(
      'images.formats',
      values.filter((value) => FORMATS.has(value)).map((value) => option.print(value)),
    )
    option.none(
      `\`${name}=${values.join(';')}\` for plain imports, which keep their format; \`?picture\` has the others`,
    )
  } else if ((name === 'w' || name === 'width') && numbers.length > 0) option.to('images.widths', numbers.map(String))
  else if (name === 'quality' && numbers.length === 1) option.to('images.quality', String(numbers[0]))
  else option.none(`\`${name}=${values.join(';')}\``)
}
