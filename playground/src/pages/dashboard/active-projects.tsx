import { Link } from 'react-router'
import type { Project } from '../../../shared/api.ts'
import { formatRelative } from '../../app/format.ts'
import { Progress } from '../../components/progress.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import styles from './active-projects.module.css'
import { LazyCover } from './lazy-cover.tsx'

export function ActiveProjects({ projects }: { projects: readonly Project[] }) {
  return (
    <ul className={styles.projects}>
      {projects.map((project) => (
        <li key={project.id}>
          <div className={styles.cover}>
            <LazyCover file={project.coverId} sizes="119px" />
          </div>
          <div className={styles.text}>
            <div className={styles.line}>
              <Link to={`/projects/${project.id}`}>{project.name}</Link>
              <StatusBadge status={project.status} />
            </div>
            <p className={styles.quiet}>
              {project.client}, due {formatRelative(project.dueOn)}
            </p>
            <Progress
              value={project.tasks === 0 ? 0 : project.tasksDone / project.tasks}
              label={`${project.name}: ${project.tasksDone} of ${project.tasks} tasks done`}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}
