import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import type { Note, NoteSummary } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { formatRelative } from '../../app/format.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './notes-page.module.css'

function NotesPage() {
  const navigate = useNavigate()
  const query = useQuery(read<NoteSummary[]>('/notes'))
  const create = useSave({
    send: () => api.post<Note>('/notes', { title: 'Untitled note', body: '# Untitled note\n\n' }),
    refreshes: ['notes', 'activity'],
    onDone: ({ id }) => void navigate(`/notes/${id}`),
  })
  return (
    <>
      <PageHeader title="Notes" description="Shot lists, calls and recipes, written in Markdown.">
        <Button appearance="primary" icon={<AddRegular />} disabled={create.isPending} onClick={() => create.mutate()}>
          New note
        </Button>
      </PageHeader>
      <QueryView
        query={query}
        label="Loading notes"
        isEmpty={(notes) => notes.length === 0}
        empty={<EmptyState title="A blank page">Write the first note of this studio.</EmptyState>}
      >
        {(notes) => (
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note.id}>
                <Link to={`/notes/${note.id}`}>{note.title}</Link>
                <p>{note.excerpt}</p>
                <time dateTime={note.updatedAt}>{formatRelative(note.updatedAt)}</time>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </>
  )
}

export { NotesPage as Component }
