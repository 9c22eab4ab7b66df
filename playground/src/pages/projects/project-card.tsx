import { Link } from 'react-router'
import type { Project } from '../../../shared/api.ts'
import { formatDate } from '../../app/format.ts'
import { Progress } from '../../components/progress.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { PHOTO_FILES } from '../../photos/photo-files.ts'
import styles from './project-card.module.css'

export function ProjectCard({ project }: { project: Project }) {
  return (
    <li className={styles.card}>
      <img src={PHOTO_FILES[project.coverId]?.url} alt="" width="400" height="220" loading="lazy" decoding="async" />
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
