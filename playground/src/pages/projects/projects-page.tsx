import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { Project, ProjectStatus } from '../../../shared/api.ts'
import { read, search } from '../../api/queries.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Grid } from '../../components/grid.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Segments } from '../../components/segments.tsx'
import { STATUS_LABELS } from '../../components/status-badge.tsx'
import { ProjectCard } from './project-card.tsx'
import styles from './projects-page.module.css'

type Filter = ProjectStatus | 'all'

const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: 'all', label: 'All' },
  ...Object.entries(STATUS_LABELS).map(([value, label]) => ({ value: value as ProjectStatus, label })),
]

function ProjectsPage() {
  const [parameters, setParameters] = useSearchParams()
  const status = FILTERS.find(({ value }) => value === parameters.get('status'))?.value ?? 'all'
  const query = useQuery(read<Project[]>(`/projects${search({ status: status === 'all' ? undefined : status })}`))
  return (
    <>
      <PageHeader
        title="Projects"
        description="Everything the studio has promised, from the first call to the archive."
      >
        <ButtonLink to="/projects/new" appearance="primary" icon={<AddRegular />}>
          New project
        </ButtonLink>
      </PageHeader>
      <div className={styles.filter}>
        <Segments
          label="Status"
          value={status}
          options={FILTERS}
          onChange={(value) => setParameters(value === 'all' ? {} : { status: value }, { replace: true })}
        />
      </div>
      <QueryView
        query={query}
        label="Loading projects"
        isEmpty={(projects) => projects.length === 0}
        empty={
          <EmptyState title="No project here" action={<ButtonLink to="/projects/new">New project</ButtonLink>}>
            Nothing has this status at the moment.
          </EmptyState>
        }
      >
        {(projects) => (
          <Grid min={300} as="ul">
            {projects.map((project) => (
              <ProjectCard key={project.id} project={project} />
            ))}
          </Grid>
        )}
      </QueryView>
    </>
  )
}

export { ProjectsPage as Component }
