import { Button } from '@fluentui/react-components'
import type { AssetStatus } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { formatNumber } from '../../app/format.ts'
import styles from './asset-table.module.css'

/** How many assets there are, and what can be done with the chosen ones. */
export function AssetSelection({ ids, total, onDone }: { ids: number[]; total: number; onDone: () => void }) {
  const mark = useSave({
    send: (status: AssetStatus) => api.post<{ changed: number }>('/assets/status', { ids, status }),
    refreshes: ['assets', 'activity'],
    done: 'The assets are marked.',
    onDone,
  })
  return (
    <div className={styles.selection}>
      {ids.length === 0 ? (
        <p>{formatNumber(total)} assets. Choose some with a click or the space bar.</p>
      ) : (
        <>
          <p aria-live="polite">{formatNumber(ids.length)} chosen</p>
          <Button size="small" disabled={mark.isPending} onClick={() => mark.mutate('archived')}>
            Archive
          </Button>
          <Button size="small" disabled={mark.isPending} onClick={() => mark.mutate('ready')}>
            Mark as ready
          </Button>
          <Button size="small" appearance="subtle" onClick={onDone}>
            Clear
          </Button>
        </>
      )}
    </div>
  )
}
