import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnalyticsExports } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { formatDuration, formatNumber } from '../../app/format.ts'
import { AreaChart } from '../../charts/area-chart.tsx'
import { DonutChart } from '../../charts/donut-chart.tsx'
import { Grid } from '../../components/grid.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Stat } from '../../components/stat.tsx'
import styles from './analytics.module.css'
import { RangePicker } from './range-picker.tsx'
import { useRange } from './use-range.ts'

function ExportsPage() {
  const range = useRange()
  const query = useQuery({
    ...read<AnalyticsExports>(`/analytics/exports?range=${range}`),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title="Exports" description="What left the studio, in which format, and how long it took.">
        <RangePicker />
      </PageHeader>
      <QueryView query={query} label="Counting">
        {({ points, formats, medianSeconds, slowestSeconds }) => (
          <div className={styles.stack}>
            <Grid min={150} as="dl">
              <Stat label="Exports" value={formatNumber(points.reduce((sum, point) => sum + point.value, 0))} />
              <Stat label="Half are done in" value={formatDuration(medianSeconds)} />
              <Stat label="Slowest" value={formatDuration(slowestSeconds)} />
            </Grid>
            <div className={styles.columns}>
              <Panel title="Exports by day">
                <AreaChart label="Exports by day" series={[{ name: 'Exports', points }]} />
              </Panel>
              <Panel title="Formats">
                <DonutChart label="Exports by format" slices={formats} />
              </Panel>
            </div>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { ExportsPage as Component }
