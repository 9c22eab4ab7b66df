import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef, useState } from 'react'
import { formatNumber } from '../../app/format.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { AssetHeader } from './asset-header.tsx'
import { AssetRow } from './asset-row.tsx'
import { AssetSelection } from './asset-selection.tsx'
import styles from './asset-table.module.css'
import type { Sorting } from './assets-page.tsx'
import { targetRow } from './grid-keys.ts'
import { type AssetFilter, useAssetPages } from './use-asset-pages.ts'

const ROW_HEIGHT = 44

interface AssetTableProps {
  filter: AssetFilter
  sorting: Sorting
  onSort: (sorting: Sorting) => void
}

/** Only the rows in view are in the document; the rest is height. Arrow keys, Page, Home and End move between rows. */
export function AssetTable({ filter, sorting, onSort }: AssetTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [total, setTotal] = useState(0)
  const [active, setActive] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  // Its functions change without notice, which only matters where the React Compiler memoises; it is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const pages = useAssetPages(
    filter,
    sorting,
    items.map((item) => item.index),
  )
  // The count arrives with the first page, and the virtualizer needs it one render later.
  if (pages.total !== total) setTotal(pages.total)

  const toggle = (id: number): void => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const asset = pages.row(active)
    if (event.key === ' ' && asset) {
      event.preventDefault()
      toggle(asset.id)
      return
    }
    const next = targetRow(event.key, active, total, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
    virtualizer.scrollToIndex(next)
  }

  if (pages.error) {
    return (
      <MessageBar intent="error" role="alert">
        <MessageBarBody>{pages.error.message}</MessageBarBody>
        <MessageBarActions>
          <Button onClick={pages.retry}>Try again</Button>
        </MessageBarActions>
      </MessageBar>
    )
  }
  if (pages.pending) return <Spinner label="Counting the assets…" labelPosition="below" />
  if (total === 0)
    return <EmptyState title="No asset matches">Change the filters above, or import new files.</EmptyState>
  return (
    <>
      <AssetSelection ids={[...selected]} total={total} onDone={() => setSelected(new Set())} />
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        tabIndex={0}
        aria-label={`${formatNumber(total)} assets`}
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        aria-activedescendant={`asset-row-${active}`}
        onKeyDown={onKeyDown}
      >
        <AssetHeader sorting={sorting} onSort={onSort} />
        <div className={styles.rows} role="rowgroup" style={{ '--height': `${virtualizer.getTotalSize()}px` }}>
          {items.map((item) => {
            const asset = pages.row(item.index)
            return (
              <AssetRow
                key={item.key}
                index={item.index}
                top={item.start}
                asset={asset}
                active={item.index === active}
                selected={asset !== undefined && selected.has(asset.id)}
                onToggle={() => {
                  setActive(item.index)
                  if (asset) toggle(asset.id)
                }}
              />
            )
          })}
        </div>
      </div>
    </>
  )
}
