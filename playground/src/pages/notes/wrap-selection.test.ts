import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { wrapSelection } from './wrap-selection.ts'

function press(doc: string, anchor: number, head: number) {
  const state = EditorState.create({ doc, selection: { anchor, head } })
  let next = state
  wrapSelection('**')({
    state,
    dispatch: (transaction) => {
      next = transaction.state
    },
  })
  return { doc: next.doc.toString(), selected: next.sliceDoc(next.selection.main.from, next.selection.main.to) }
}

test('a selection is wrapped and stays selected', () => {
  expect(press('one two', 4, 7)).toEqual({ doc: 'one **two**', selected: 'two' })
})

test('a wrapped selection loses its marks', () => {
  expect(press('one **two**', 6, 9)).toEqual({ doc: 'one two', selected: 'two' })
})
