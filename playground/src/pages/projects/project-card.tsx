import { Link } from 'react-router'
import type { Project } from '../../../shared/api.ts'
import { formatDate } from '../../app/format.ts'
import { Cover } from '../../components/cover.tsx'
import { Progress } from '../../components/progress.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import styles from './project-card.module.css'

/** Cards are at least 300 px wide, in one to four columns. */
const SIZES = [
  '(width < 648px) calc(100vw - 34px)',
  '(width < 860px) calc(50vw - 26px)',
  '(width < 920px) calc(100vw - 306px)',
  '(width < 1236px) calc(50vw - 162px)',
  '405px',
].join(', ')

export function ProjectCard({ project }: { project: Project }) {
  return (
    <li className={styles.card}>
      <Cover file={project.coverId} sizes={SIZES} />
      <div className={styles.body}>
        <div className={styles.line}>
          <h2>
            <Link to={`/projects/${project.id}`}>{project.name}</Link>
          </h2>
          <StatusBadge status={project.status} />
        </div>
        <p className={styles.quiet}>{project.client}</p>
        <Progress
          value={project.tasks === 0 ? 0 : project.tasksDone / project.tasks}
          label={`${project.tasksDone} of ${project.tasks} tasks done`}
        />
        <p className={styles.quiet}>
          {project.tasksDone} of {project.tasks} tasks, due {formatDate(project.dueOn)}
        </p>
      </div>
    </li>
  )
}
