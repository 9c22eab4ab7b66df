import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { defineLanguageFacet, Language, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { GFM, parser } from '@lezer/markdown'
import { useEffect, useRef } from 'react'
import { editorTheme, highlighting } from './editor-theme.ts'
import { wrapSelection } from './wrap-selection.ts'

export interface MarkdownEditorProps {
  /** The text to begin with. Later changes come from the editor itself. */
  initial: string
  label: string
  onChange: (text: string) => void
  onSave: () => void
}

const markdown = new Language(defineLanguageFacet(), parser.configure([GFM]), [], 'markdown')

export default function MarkdownEditor({ initial, label, onChange, onSave }: MarkdownEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef({ initial, label, onChange, onSave })

  useEffect(() => {
    latest.current = { ...latest.current, onChange, onSave }
  })

  useEffect(() => {
    const { initial, label } = latest.current
    const save = (): boolean => {
      latest.current.onSave()
      return true
    }
    const view = new EditorView({
      parent: place.current!,
      doc: initial,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        markdown,
        syntaxHighlighting(highlighting),
        editorTheme,
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        // Tab leaves the editor, as everywhere on the page; lists are indented with Mod-] instead.
        keymap.of([
          { key: 'Mod-s', run: save, preventDefault: true },
          { key: 'Mod-b', run: wrapSelection('**') },
          { key: 'Mod-i', run: wrapSelection('*') },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString())
        }),
      ],
    })
    return () => view.destroy()
  }, [])

  return <div ref={place} />
}
