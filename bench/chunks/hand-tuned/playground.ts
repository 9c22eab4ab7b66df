import { packages } from './groups.ts'
import type { HandTuned } from './groups.ts'

/** The kit of controls and the editor of notes are the heavy ones. */
export const groups: HandTuned = {
  react: packages('react', 'react-dom', 'scheduler'),
  router: packages('react-router', '@tanstack/*'),
  fluentui: packages('@fluentui/*', '@griffel/*', '@floating-ui/*', 'tabster', 'keyborg'),
  editor: packages('@codemirror/*', '@lezer/*', 'codemirror', 'style-mod', 'w3c-keyname', 'crelt'),
}
