import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours come from the page's variables, so the editor follows the theme without being told. */
export const editorTheme = EditorView.theme({
  '&': {
    minHeight: '420px',
    border: '1px solid var(--lumen-line)',
    borderRadius: 'var(--lumen-radius)',
    backgroundColor: 'var(--lumen-panel)',
    fontSize: '15px',
  },
  '&.cm-focused': { outline: '2px solid var(--lumen-accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace', lineHeight: '1.65' },
  '.cm-content': { padding: '16px 8px', caretColor: 'var(--lumen-accent)' },
  '.cm-cursor': { borderLeftColor: 'var(--lumen-accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { border: 'none', backgroundColor: 'transparent', color: 'var(--lumen-quiet)' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--lumen-ink) 5%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--lumen-accent) 26%, transparent)',
  },
})

export const highlighting = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700', color: 'var(--lumen-accent)' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--lumen-chart-2)', textDecoration: 'underline' },
  { tag: tags.monospace, color: 'var(--lumen-chart-4)' },
  { tag: tags.quote, color: 'var(--lumen-quiet)', fontStyle: 'italic' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--lumen-quiet)' },
  { tag: [tags.list, tags.atom], color: 'var(--lumen-chart-3)' },
])
