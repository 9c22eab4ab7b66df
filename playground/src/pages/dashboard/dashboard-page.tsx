import { AddRegular } from '@fluentui/react-icons/svg/add'
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { Dashboard } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { formatBytes, formatNumber } from '../../app/format.ts'
import { AreaChart } from '../../charts/area-chart.tsx'
import { DonutChart } from '../../charts/donut-chart.tsx'
import { ButtonLink } from '../../components/button-link.tsx'
import { Grid } from '../../components/grid.tsx'
import { Later } from '../../components/later.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Stat } from '../../components/stat.tsx'
import { ActiveProjects } from './active-projects.tsx'
import styles from './dashboard-page.module.css'
import { RecentActivity } from './recent-activity.tsx'
import { Upcoming } from './upcoming.tsx'

export function DashboardPage() {
  const { data, error, refetch } = useQuery(read<Dashboard>('/dashboard'))
  // Rendered between frames: what is read from a store is rendered in one piece otherwise, and the page does not answer meanwhile.
  const shown = useDeferredValue(data)
  return (
    <>
      <PageHeader title="Dashboard" description="What the studio is working on, and what comes next.">
        <ButtonLink to="/import" icon={<ArrowUploadRegular />}>
          Import
        </ButtonLink>
        <ButtonLink to="/projects/new" appearance="primary" icon={<AddRegular />}>
          New project
        </ButtonLink>
      </PageHeader>
      <QueryView query={{ data: shown, error, refetch }} label="Loading the dashboard">
        {({ totals, views, downloads, storage, active, upcoming, activity }) => (
          <div className={styles.dashboard}>
            <Grid min={150} as="dl">
              <Stat label="Projects" value={formatNumber(totals.projects)} />
              <Stat label="Photographs" value={formatNumber(totals.photos)} />
              <Stat label="Assets" value={formatNumber(totals.assets)} />
              <Stat label="Stored" value={formatBytes(totals.bytes)} />
            </Grid>
            <div className={styles.columns}>
              <Later>
                <Panel
                  title="Views and downloads"
                  action={
                    <ButtonLink to="/analytics" size="small">
                      Analytics
                    </ButtonLink>
                  }
                >
                  <AreaChart
                    label="Views and downloads in the last 30 days"
                    series={[
                      { name: 'Views', points: views },
                      { name: 'Downloads', points: downloads },
                    ]}
                  />
                </Panel>
                <Panel title="Storage">
                  <DonutChart label="Storage by kind" slices={storage} format={formatBytes} />
                </Panel>
                <Panel
                  title="In progress"
                  action={
                    <ButtonLink to="/projects" size="small">
                      All projects
                    </ButtonLink>
                  }
                >
                  <ActiveProjects projects={active} />
                </Panel>
                <div className={styles.stack}>
                  <Panel
                    title="Coming up"
                    action={
                      <ButtonLink to="/calendar" size="small">
                        Calendar
                      </ButtonLink>
                    }
                  >
                    <Upcoming events={upcoming} />
                  </Panel>
                  <Panel title="Lately">
                    <RecentActivity items={activity} />
                  </Panel>
                </div>
              </Later>
            </div>
          </div>
        )}
      </QueryView>
    </>
  )
}
