import { EditorSelection, type StateCommand } from '@codemirror/state'

/** Puts a mark around each selection, or takes it away where it already stands. */
export function wrapSelection(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    const change = state.changeByRange((range) => {
      const text = state.sliceDoc(range.from, range.to)
      const around =
        state.sliceDoc(range.from - mark.length, range.from) === mark &&
        state.sliceDoc(range.to, range.to + mark.length) === mark
      const [from, to] = around ? [range.from - mark.length, range.to + mark.length] : [range.from, range.to]
      const insert = around ? text : `${mark}${text}${mark}`
      const start = around ? from : from + mark.length
      return { changes: { from, to, insert }, range: EditorSelection.range(start, start + text.length) }
    })
    dispatch(state.update(change, { userEvent: 'input' }))
    return true
  }
}
