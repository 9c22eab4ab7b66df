import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnalyticsAudience } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { BarChart } from '../../charts/bar-chart.tsx'
import { DonutChart } from '../../charts/donut-chart.tsx'
import { Heatmap } from '../../charts/heatmap.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './analytics.module.css'
import { RangePicker } from './range-picker.tsx'
import { useRange } from './use-range.ts'

function AudiencePage() {
  const range = useRange()
  const query = useQuery({
    ...read<AnalyticsAudience>(`/analytics/audience?range=${range}`),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title="Audience" description="Where your visitors are, what they hold, and when they come.">
        <RangePicker />
      </PageHeader>
      <QueryView query={query} label="Counting">
        {({ countries, devices, hours }) => (
          <div className={styles.stack}>
            <div className={styles.columns}>
              <Panel title="Countries">
                <BarChart label="Visitors by country" slices={countries} />
              </Panel>
              <Panel title="Devices">
                <DonutChart label="Visitors by device" slices={devices} />
              </Panel>
            </div>
            <Panel title="Hours of the week">
              <Heatmap label="Visits by day and hour" hours={hours} />
            </Panel>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { AudiencePage as Component }
