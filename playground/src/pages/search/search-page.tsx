import { Button, Field, Input } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { SearchHit } from '../../../shared/api.ts'
import { read, search } from '../../api/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Highlight } from './highlight.tsx'
import styles from './search-page.module.css'

const GROUPS: readonly { kind: SearchHit['kind']; label: string; to: (id: string) => string }[] = [
  { kind: 'project', label: 'Projects', to: (id) => `/projects/${id}` },
  { kind: 'photo', label: 'Photographs', to: (id) => `/photos/${id}` },
  { kind: 'note', label: 'Notes', to: (id) => `/notes/${id}` },
  { kind: 'asset', label: 'Assets', to: () => '/assets' },
]

function SearchPage() {
  const [parameters, setParameters] = useSearchParams()
  const q = parameters.get('q') ?? ''
  const query = useQuery({ ...read<SearchHit[]>(`/search${search({ q })}`), enabled: q !== '' })
  return (
    <>
      <PageHeader
        title={q === '' ? 'Search' : `Search: ${q}`}
        description="Projects, photographs, notes and assets at once."
      />
      <SearchField key={q} q={q} onSearch={(next) => setParameters(next === '' ? {} : { q: next })} />
      {q !== '' && (
        <QueryView
          query={query}
          label="Searching"
          isEmpty={(hits) => hits.length === 0}
          empty={<EmptyState title="Nothing found">No project, photograph, note or asset mentions “{q}”.</EmptyState>}
        >
          {(hits) => (
            <div className={styles.groups}>
              {GROUPS.map(({ kind, label, to }) => {
                const found = hits.filter((hit) => hit.kind === kind)
                return found.length === 0 ? null : (
                  <Panel key={kind} title={`${label} (${found.length})`}>
                    <ul className={styles.hits}>
                      {found.map((hit) => (
                        <li key={hit.id}>
                          <Link to={to(hit.id)}>
                            <Highlight text={hit.title} term={q} />
                          </Link>
                          <p>
                            <Highlight text={hit.detail} term={q} />
                          </p>
                        </li>
                      ))}
                    </ul>
                  </Panel>
                )
              })}
            </div>
          )}
        </QueryView>
      )}
    </>
  )
}

function SearchField({ q, onSearch }: { q: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(q)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSearch(text.trim())
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label="Search for" className={styles.field}>
        <Input type="search" value={text} maxLength={80} onChange={(_event, { value }) => setText(value)} />
      </Field>
      <Button type="submit" appearance="primary">
        Search
      </Button>
    </form>
  )
}

export { SearchPage as Component }
