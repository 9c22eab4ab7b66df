import { automatic, none, same, stays, type OptionMove } from '../move.ts'
import { deleteOriginals, sibling } from './compression2.ts'
import type { PluginTool } from './plugin-tool.ts'

const EXTENSIONS: Readonly<Record<string, string>> = { gzip: '.gz', brotliCompress: '.br' }

/** @see https://github.com/vbenjs/vite-plugin-compression */
export const compression: PluginTool = {
  package: 'vite-plugin-compression',
  factories: ['default'],
  turnsOff: 'compress',
  instead: 'compress',
  rules: {
    algorithm: {
      becomes: '`compress.algorithms`',
      note: 'Those of all calls in one list. The default of one call was gzip alone. `deflate` goes: no server looks for such files.',
      move: moveAlgorithm,
    },
    compressionOptions: { becomes: '`compress.algorithms`', note: 'In a pair with the algorithm.', move: moveSettings },
    threshold: same('compress.threshold', 'The default is 1024 instead of 1025.'),
    filter: { becomes: '`compress.include`', note: 'A function has no equivalent.', move: moveFilter },
    ext: {
      becomes: '`compress.filename`',
      note: "Only where it is not the algorithm's own.",
      move: (option) => moveExtension(option),
    },
    deleteOriginFile: {
      becomes: '`compress.deleteOriginalAssets`',
      note: 'With `delivery: false`: what is delivered later needs the originals.',
      move: deleteOriginals,
    },
    verbose: automatic('One line says what was compressed; `compress.logLevel` silences it.'),
    disable: { ...stays('Unless it is `false`; `compress` is off then.'), move: moveDisable },
    success: none('Nothing is called when it is done: `closeBundle` of a plugin of yours runs earlier.'),
  },
  always: (call) => {
    // What the plugin does without being told.
    if (!call.siblings || (!sibling(call, 'algorithm') && !sibling(call, 'compressionOptions'))) {
      call.also('compress.algorithms', [call.print('gzip')])
    }
  },
}

function moveAlgorithm(option: OptionMove): void {
  const name = option.text()
  if (name === undefined) option.stays('cannot be read without running it')
  else if (!(name in EXTENSIONS)) option.stays(`\`${name}\`: no server looks for such files; remove the plugin`)
  else if (sibling(option, 'compressionOptions')) option.automatic('Stands with its options.')
  else option.to('compress.algorithms', [option.print(name === 'gzip' ? 'gzip' : 'brotli')])
}

function moveSettings(option: OptionMove): void {
  const algorithm = sibling(option, 'algorithm')
  const name = algorithm ? option.text(algorithm) : 'gzip'
  if (name === undefined || !(name in EXTENSIONS)) return
  const short = option.print(name === 'gzip' ? 'gzip' : 'brotli')
  option.to('compress.algorithms', [`[${short}, ${option.code()}]`])
}

function moveFilter(option: OptionMove): void {
  if (option.node.type === 'Literal' && 'regex' in option.node) option.to('compress.include')
  else option.none('a function over names; write `compress.include` with globs or expressions')
}

function moveExtension(option: OptionMove): void {
  const extension = option.text()
  const algorithm = sibling(option, 'algorithm')
  const name = algorithm ? option.text(algorithm) : 'gzip'
  if (extension === undefined || name === undefined) return option.stays('cannot be read without running it')
  const dotted = extension.startsWith('.') ? extension : `.${extension}`
  if (dotted === EXTENSIONS[name]) option.automatic('It is the name that servers look for.')
  else option.to('compress.filename', option.print(`[path][base]${dotted}`))
}

function moveDisable(option: OptionMove): void {
  if (option.is(false)) option.automatic('It is on.')
  else if (option.is(true)) option.stays('is turned off; remove it, or turn it on, and run the command again')
  else option.stays('depends on something that is known only when it runs')
}
