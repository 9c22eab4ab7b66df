import { automatic, none, type OptionMove } from '../move.ts'
import type { PluginTool } from './plugin-tool.ts'

const EXACT = 'Every size is of the emitted file, in gzip, brotli and zstd; nothing has to be turned on.'

/** @see https://github.com/btd/rollup-plugin-visualizer */
export const visualizer: PluginTool = {
  package: 'rollup-plugin-visualizer',
  factories: ['visualizer', 'default'],
  instead: '.paceline/treemap.html, and `paceline report --open`',
  rules: {
    filename: automatic('The page is `.paceline/treemap.html`, after every build. It is never in the output.'),
    open: automatic('`paceline report --open` shows it.'),
    openOptions: none('`paceline report --open` takes the default browser.'),
    template: {
      becomes: '`.paceline/treemap.html`',
      note: "The treemap is visualizer's own page. `raw-data`: `.paceline/report.json`. Others have no equivalent.",
      move: moveTemplate,
    },
    gzipSize: automatic(EXACT),
    brotliSize: automatic(EXACT),
    sourcemap: automatic('Maps are always read, and none is left in the output.'),
    title: none('The treemap has a title of its own.'),
    projectRoot: automatic('Paths are relative to the Vite root.'),
    emitFile: none('Reports stay out of the output, where they would be deployed: `.paceline/`.'),
    json: automatic('`.paceline/report.json` has every figure.'),
    include: none('Every module is in the report; the page has a filter.'),
    exclude: none('Every module is in the report; the page has a filter.'),
  },
}

function moveTemplate(option: OptionMove): void {
  const name = option.text()
  if (name === 'treemap') option.automatic('The page is a treemap.')
  else if (name === 'raw-data') option.automatic('`.paceline/report.json` has every figure.')
  else if (name === 'markdown') option.automatic('`paceline check --markdown`, `paceline diff --markdown`.')
  else option.none(`\`${name ?? option.code()}\`: there is the treemap, and \`paceline why\` for who imports what`)
}
