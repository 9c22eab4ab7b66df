import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnalyticsOverview, Metric } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { formatChange, formatNumber } from '../../app/format.ts'
import { AreaChart } from '../../charts/area-chart.tsx'
import { BarChart } from '../../charts/bar-chart.tsx'
import { Grid } from '../../components/grid.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Stat } from '../../components/stat.tsx'
import styles from './analytics.module.css'
import { RangePicker } from './range-picker.tsx'
import { useRange } from './use-range.ts'

const LABELS: Record<Metric, string> = {
  views: 'Views',
  visitors: 'Visitors',
  downloads: 'Downloads',
  exports: 'Exports',
}

function OverviewPage() {
  const range = useRange()
  const query = useQuery({
    ...read<AnalyticsOverview>(`/analytics/overview?range=${range}`),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title="Analytics" description="How your galleries do, against the same number of days before.">
        <RangePicker />
      </PageHeader>
      <QueryView query={query} label="Counting">
        {({ series, busiest }) => (
          <div className={styles.stack}>
            <Grid min={150} as="dl">
              {series.map(({ metric, total, previous }) => (
                <Stat
                  key={metric}
                  label={LABELS[metric]}
                  value={formatNumber(total)}
                  change={formatChange(total, previous)}
                />
              ))}
            </Grid>
            <Panel title="Views and visitors">
              <AreaChart
                label="Views and visitors by day"
                height={300}
                series={series.slice(0, 2).map(({ metric, points }) => ({ name: LABELS[metric], points }))}
              />
            </Panel>
            <Panel title="Views by day of the week">
              <BarChart label="Views by day of the week" slices={busiest} />
            </Panel>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { OverviewPage as Component }
