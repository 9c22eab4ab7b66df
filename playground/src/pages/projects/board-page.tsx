import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import type { ProjectDetail } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Board } from './board.tsx'

function BoardPage() {
  const { projectId = '' } = useParams()
  const query = useQuery(read<ProjectDetail>(`/projects/${projectId}`))
  return (
    <>
      <PageHeader
        title={query.data ? `${query.data.name}: board` : 'Board'}
        description="Drag a task to where it stands, or move it with the arrow buttons."
        eyebrow={<Link to={`/projects/${projectId}`}>{query.data?.name ?? 'Project'}</Link>}
      />
      <QueryView query={query} label="Loading the board">
        {(project) => <Board project={project} />}
      </QueryView>
    </>
  )
}

export { BoardPage as Component }
