import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router'
import type { Note } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { dropDraft, findDraft } from '../../app/drafts.ts'
import { formatRelative } from '../../app/format.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { NoteEditor } from './note-editor.tsx'

function NotePage() {
  const { noteId = '' } = useParams()
  const navigate = useNavigate()
  const query = useQuery(read<Note>(`/notes/${noteId}`))
  const remove = useSave({
    send: () => api.delete(`/notes/${noteId}`),
    refreshes: ['activity'],
    done: 'The note is deleted.',
    onDone: () => {
      dropDraft(noteId)
      void navigate('/notes')
    },
  })
  return (
    <>
      <PageHeader
        title={query.data?.title ?? 'Note'}
        description={query.data ? `Saved ${formatRelative(query.data.updatedAt)}.` : 'A note of the studio.'}
        eyebrow={<Link to="/notes">Notes</Link>}
      >
        <ConfirmButton
          label="Delete"
          title="Delete this note?"
          icon={<DeleteRegular />}
          disabled={!query.data}
          onConfirm={() => remove.mutate()}
        >
          Its text is gone then, on every device.
        </ConfirmButton>
      </PageHeader>
      <QueryView query={query} label="Loading the note">
        {(note) => <NoteEditor key={note.id} note={note} draft={findDraft(note.id)} />}
      </QueryView>
    </>
  )
}

export { NotePage as Component }
