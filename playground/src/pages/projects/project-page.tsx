import { BoardRegular } from '@fluentui/react-icons/svg/board'
import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import { EditRegular } from '@fluentui/react-icons/svg/edit'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router'
import type { ProjectDetail } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { formatDate, formatRelative } from '../../app/format.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { Cover } from '../../components/cover.tsx'
import { Grid } from '../../components/grid.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { Photograph } from '../../components/photograph.tsx'
import { Progress } from '../../components/progress.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Stat } from '../../components/stat.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import styles from './project-page.module.css'
import { TaskList } from './task-list.tsx'

const COVER_SIZES =
  '(width < 860px) calc(100vw - 32px), (width < 1000px) calc(100vw - 304px), (width < 1560px) calc(60vw - 197px), 739px'

function ProjectPage() {
  const { projectId = '' } = useParams()
  const navigate = useNavigate()
  const query = useQuery(read<ProjectDetail>(`/projects/${projectId}`))
  const remove = useSave({
    send: () => api.delete(`/projects/${projectId}`),
    refreshes: ['dashboard', 'activity'],
    done: 'The project is deleted.',
    onDone: () => void navigate('/projects'),
  })
  return (
    <>
      <PageHeader
        title={query.data?.name ?? 'Project'}
        description={query.data ? `For ${query.data.client}.` : 'A project of the studio.'}
        eyebrow={<Link to="/projects">Projects</Link>}
      >
        <ButtonLink to={`/projects/${projectId}/board`} appearance="primary" icon={<BoardRegular />}>
          Board
        </ButtonLink>
        <ButtonLink to={`/projects/${projectId}/edit`} icon={<EditRegular />}>
          Edit
        </ButtonLink>
        <ConfirmButton
          label="Delete"
          title={`Delete ${query.data?.name ?? 'this project'}?`}
          icon={<DeleteRegular />}
          disabled={!query.data}
          onConfirm={() => remove.mutate()}
        >
          Its tasks are deleted with it. Photographs and notes stay in the studio.
        </ConfirmButton>
      </PageHeader>
      <QueryView query={query} label="Loading the project">
        {(project) => (
          <div className={styles.columns}>
            <div className={styles.stack}>
              <div className={styles.cover}>
                <Cover file={project.coverId} sizes={COVER_SIZES} priority />
                <StatusBadge status={project.status} />
              </div>
              <p className={styles.summary}>{project.summary || 'No summary yet.'}</p>
              <Panel title="Tasks">
                <TaskList projectId={project.id} tasks={project.taskList} />
              </Panel>
            </div>
            <div className={styles.stack}>
              <dl className={styles.stats}>
                <Stat label="Due" value={formatDate(project.dueOn)} change={formatRelative(project.dueOn)} />
                <Stat label="Hours" value={`${project.spentHours} of ${project.budgetHours}`}>
                  <Progress value={project.spentHours / (project.budgetHours || 1)} label="Hours spent" />
                </Stat>
              </dl>
              {project.photos.length > 0 && (
                <Panel title="Photographs">
                  <Grid min={120}>
                    {project.photos.map((photo) => (
                      <Link key={photo.id} to={`/photos/${photo.id}`}>
                        <Photograph photo={photo} className={styles.photo} sizes="180px" />
                      </Link>
                    ))}
                  </Grid>
                </Panel>
              )}
              {project.notes.length > 0 && (
                <Panel title="Notes">
                  <ul className={styles.notes}>
                    {project.notes.map((note) => (
                      <li key={note.id}>
                        <Link to={`/notes/${note.id}`}>{note.title}</Link>
                      </li>
                    ))}
                  </ul>
                </Panel>
              )}
            </div>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { ProjectPage as Component }
