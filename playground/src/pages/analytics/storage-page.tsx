import { useQuery } from '@tanstack/react-query'
import type { AnalyticsStorage } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { BarChart } from '../../charts/bar-chart.tsx'
import { DonutChart } from '../../charts/donut-chart.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { Progress } from '../../components/progress.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './analytics.module.css'

function StoragePage() {
  const query = useQuery(read<AnalyticsStorage>('/analytics/storage'))
  return (
    <>
      <PageHeader title="Storage" description="What lies where, and which files weigh most." />
      <QueryView query={query} label="Weighing">
        {({ total, quota, kinds, projects, largest }) => (
          <div className={styles.stack}>
            <Panel title={`${formatBytes(total)} of ${formatBytes(quota)}`}>
              <Progress value={total / quota} label="Storage in use" />
            </Panel>
            <div className={styles.columns}>
              <Panel title="By kind">
                <DonutChart label="Storage by kind" slices={kinds} format={formatBytes} />
              </Panel>
              <Panel title="By project">
                <BarChart label="Storage by project" slices={projects} format={formatBytes} />
              </Panel>
            </div>
            <Panel title="Largest files">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Kind</th>
                    <th scope="col">Size</th>
                  </tr>
                </thead>
                <tbody>
                  {largest.map((asset) => (
                    <tr key={asset.id}>
                      <td>{asset.name}</td>
                      <td>{asset.kind}</td>
                      <td>{formatBytes(asset.bytes)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { StoragePage as Component }
