import { Field, Input, Select } from '@fluentui/react-components'
import { useState, useDeferredValue } from 'react'
import type { AssetSort } from '../../../shared/api.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { ButtonLink } from '../../components/button-link.tsx'
import { AssetTable } from './asset-table.tsx'
import styles from './assets-page.module.css'
import { KIND_LABELS, STATUS_LABELS } from './labels.ts'

export interface Sorting {
  sort: AssetSort
  order: 'asc' | 'desc'
}

function AssetsPage() {
  const [text, setText] = useState('')
  const [kind, setKind] = useState('')
  const [status, setStatus] = useState('')
  const [sorting, setSorting] = useState<Sorting>({ sort: 'createdAt', order: 'desc' })
  const q = useDeferredValue(text)
  return (
    <>
      <PageHeader title="Assets" description="Every file the studio keeps, all ten thousand of them.">
        <ButtonLink to="/import">Import files</ButtonLink>
      </PageHeader>
      <div className={styles.filters}>
        <Field label="Name contains">
          <Input type="search" value={text} maxLength={80} onChange={(_event, { value }) => setText(value)} />
        </Field>
        <Field label="Kind">
          <Select value={kind} onChange={(_event, { value }) => setKind(value)}>
            <option value="">All kinds</option>
            {Object.entries(KIND_LABELS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Status">
          <Select value={status} onChange={(_event, { value }) => setStatus(value)}>
            <option value="">Any status</option>
            {Object.entries(STATUS_LABELS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <AssetTable
        key={JSON.stringify({ q, kind, status, sorting })}
        filter={{ q, kind, status }}
        sorting={sorting}
        onSort={setSorting}
      />
    </>
  )
}

export { AssetsPage as Component }
