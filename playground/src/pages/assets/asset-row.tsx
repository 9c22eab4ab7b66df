import type { Asset } from '../../../shared/api.ts'
import { formatBytes, formatDate } from '../../app/format.ts'
import styles from './asset-table.module.css'
import { KIND_LABELS, STATUS_LABELS } from './labels.ts'

interface AssetRowProps {
  index: number
  top: number
  /** Missing while its page is on the way. */
  asset: Asset | undefined
  active: boolean
  selected: boolean
  onToggle: () => void
}

export function AssetRow({ index, top, asset, active, selected, onToggle }: AssetRowProps) {
  return (
    // The grid itself has the focus and handles the keys; a click is the pointer's way to the same selection.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      id={`asset-row-${index}`}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      data-active={active}
      style={{ '--top': `${top}px` }}
      onClick={onToggle}
    >
      <span role="gridcell" className={styles.check} aria-hidden="true">
        {selected ? '✓' : ''}
      </span>
      <span role="gridcell" data-column="name">
        {asset?.name ?? '…'}
      </span>
      <span role="gridcell" data-column="kind">
        {asset && KIND_LABELS[asset.kind]}
      </span>
      <span role="gridcell" data-column="status">
        {asset && STATUS_LABELS[asset.status]}
      </span>
      <span role="gridcell" data-column="bytes">
        {asset && formatBytes(asset.bytes)}
      </span>
      <span role="gridcell" data-column="createdAt">
        {asset && formatDate(asset.createdAt)}
      </span>
    </div>
  )
}
