import { ArrowSortDownRegular } from '@fluentui/react-icons/svg/arrow-sort-down'
import { ArrowSortUpRegular } from '@fluentui/react-icons/svg/arrow-sort-up'
import type { AssetSort } from '../../../shared/api.ts'
import styles from './asset-table.module.css'
import type { Sorting } from './assets-page.tsx'

const COLUMNS: readonly { sort: AssetSort; label: string }[] = [
  { sort: 'name', label: 'Name' },
  { sort: 'kind', label: 'Kind' },
  { sort: 'status', label: 'Status' },
  { sort: 'bytes', label: 'Size' },
  { sort: 'createdAt', label: 'Added' },
]

export function AssetHeader({ sorting, onSort }: { sorting: Sorting; onSort: (sorting: Sorting) => void }) {
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" className={styles.row} aria-rowindex={1}>
        <span role="columnheader">
          <span className="visually-hidden">Selected</span>
        </span>
        {COLUMNS.map(({ sort, label }) => {
          const current = sorting.sort === sort
          const descending = sorting.order === 'desc'
          return (
            <span
              key={sort}
              role="columnheader"
              aria-sort={current ? (descending ? 'descending' : 'ascending') : 'none'}
              data-column={sort}
            >
              <button
                type="button"
                className={styles.sort}
                onClick={() => onSort({ sort, order: current && !descending ? 'desc' : 'asc' })}
              >
                {label}
                {current && (descending ? <ArrowSortDownRegular /> : <ArrowSortUpRegular />)}
              </button>
            </span>
          )
        })}
      </div>
    </div>
  )
}
