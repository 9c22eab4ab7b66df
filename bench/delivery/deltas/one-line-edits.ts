import type { Edit } from '../../chunks/apps.ts'

/** Texts of the playground, each in another chunk or in one that others share: what somebody changes on a Tuesday. One after the other, each on top of the last. */
export const ONE_LINE_EDITS: readonly Edit[] = [
  { file: 'src/shell/navigation-items.ts', find: "label: 'Calendar'", replace: "label: 'Diary'" },
  { file: 'src/shell/top-bar.tsx', find: 'Your profile', replace: 'You' },
  { file: 'src/components/confirm-button.tsx', find: 'Keep it', replace: 'Never mind' },
  { file: 'src/pages/assets/asset-table.tsx', find: 'No asset matches', replace: 'No assets match' },
  { file: 'src/pages/notes/note-editor.tsx', find: 'A note needs a title.', replace: 'Give the note a title.' },
  { file: 'src/pages/activity/activity-page.tsx', find: 'Quiet so far', replace: 'Nothing yet' },
  { file: 'src/pages/feedback/feedback-page.tsx', find: 'Thank you', replace: 'Thanks' },
  { file: 'src/pages/imports/drop-zone.tsx', find: 'Drop files here', replace: 'Drop photos here' },
]
