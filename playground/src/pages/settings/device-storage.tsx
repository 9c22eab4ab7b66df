import { useQuery } from '@tanstack/react-query'
import { formatBytes } from '../../app/format.ts'
import { Panel } from '../../components/panel.tsx'
import { Progress } from '../../components/progress.tsx'
import styles from './device-storage.module.css'

/** What Lumen takes on this very device, as the browser counts it. */
export function DeviceStorage() {
  const { data } = useQuery({
    queryKey: ['device-storage'],
    queryFn: async () => (await navigator.storage?.estimate()) ?? null,
  })
  return (
    <div className={styles.device}>
      <Panel title="On this device">
        {data?.quota ? (
          <>
            <p>
              {formatBytes(data.usage ?? 0)} of {formatBytes(data.quota)} that the browser allows.
            </p>
            <Progress value={(data.usage ?? 0) / data.quota} label="Storage on this device" />
          </>
        ) : (
          <p>This browser does not say how much is stored.</p>
        )}
      </Panel>
    </div>
  )
}
