import { packages } from './groups.ts'
import type { HandTuned } from './groups.ts'

/** Editors, the canvas, charts and code highlighting are heavy and only on some pages. */
export const groups: HandTuned = {
  react: packages('react', 'react-dom', 'scheduler', 'react-router', 'react-router-dom', '@remix-run/*', 'history'),
  redux: packages('redux', 'react-redux', '@reduxjs/*', 'immer', 'reselect', 'redux-thunk'),
  mui: packages('@mui/*', '@emotion/*', '@popperjs/*', 'stylis'),
  icons: packages('@tabler/*'),
  canvas: packages('reactflow', '@reactflow/*', 'd3-*', 'classcat', 'zustand'),
  codemirror: packages('@codemirror/*', '@uiw/*', '@lezer/*', 'codemirror', 'crelt', 'style-mod', 'w3c-keyname'),
  tiptap: packages('@tiptap/*', 'prosemirror-*', 'lowlight', 'linkifyjs', 'orderedmap', 'rope-sequence'),
  charts: packages('recharts', 'recharts-scale', 'victory-vendor', 'react-smooth'),
  markdown: packages('react-markdown', 'remark-*', 'rehype-*', 'mdast-*', 'micromark*', 'hast-*', 'mathjax-full'),
  highlight: packages('react-syntax-highlighter', 'refractor', 'highlight.js', 'prismjs', 'react-code-blocks'),
  embed: packages('flowise-embed', 'flowise-embed-react'),
}
