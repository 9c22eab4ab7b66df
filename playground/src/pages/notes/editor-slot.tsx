import { lazy, Suspense, useState } from 'react'
import { ChunkBoundary } from '../../components/chunk-boundary.tsx'
import { PageSkeleton } from '../../shell/page-skeleton.tsx'
import type { MarkdownEditorProps } from './markdown-editor.tsx'

/** React remembers a lazy component that failed for ever, so every try needs a new one. */
const newEditor = () => lazy(() => import('./markdown-editor.tsx'))

/** The place of the editor, whose code is bigger than the rest of the page and comes after it. */
export function EditorSlot(props: MarkdownEditorProps) {
  const [attempt, setAttempt] = useState(0)
  const [Editor, setEditor] = useState(newEditor)
  const retry = (): void => {
    setEditor(newEditor)
    setAttempt(attempt + 1)
  }
  return (
    <ChunkBoundary key={attempt} what="The editor" onRetry={retry}>
      <Suspense fallback={<PageSkeleton />}>
        <Editor {...props} />
      </Suspense>
    </ChunkBoundary>
  )
}
