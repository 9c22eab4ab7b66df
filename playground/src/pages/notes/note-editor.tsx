import { Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import type { Note } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { type Draft, dropDraft, keepDraft } from '../../app/drafts.ts'
import { EditorSlot } from './editor-slot.tsx'
import styles from './note-editor.module.css'
import { countWords } from './outline.ts'
import { Outline } from './outline-list.tsx'

/** Title, text and outline of a note. What is not saved yet is kept on this device with every keystroke. */
export function NoteEditor({ note, draft }: { note: Note; draft: Draft | undefined }) {
  const [title, setTitle] = useState(draft?.title ?? note.title)
  const [body, setBody] = useState(draft?.body ?? note.body)
  const changed = title !== note.title || body !== note.body
  const save = useSave({
    send: (next: Pick<Note, 'title' | 'body'>) => api.put<Note>(`/notes/${note.id}`, next),
    refreshes: ['notes', 'projects', 'activity'],
    done: 'Saved.',
    onDone: () => dropDraft(note.id),
  })
  const keep = (next: Pick<Draft, 'title' | 'body'>): void =>
    keepDraft({ id: note.id, ...next, at: new Date().toISOString() })
  const submit = (): void => {
    if (title.trim() !== '') save.mutate({ title: title.trim(), body })
  }

  return (
    <div className={styles.layout}>
      <div className={styles.paper}>
        <Field label="Title" {...(title.trim() === '' && { validationMessage: 'A note needs a title.' })}>
          <Input
            maxLength={120}
            value={title}
            onChange={(_event, { value }) => {
              setTitle(value)
              keep({ title: value, body })
            }}
          />
        </Field>
        <EditorSlot
          initial={body}
          label={`Text of ${note.title}`}
          onSave={submit}
          onChange={(value) => {
            setBody(value)
            keep({ title, body: value })
          }}
        />
        <div className={styles.foot}>
          <p aria-live="polite">
            {countWords(body)} words. {changed ? 'Not saved yet; kept on this device.' : 'Everything is saved.'}
          </p>
          <Button appearance="primary" disabled={!changed || save.isPending || title.trim() === ''} onClick={submit}>
            Save
          </Button>
        </div>
      </div>
      <Outline body={body} />
    </div>
  )
}
