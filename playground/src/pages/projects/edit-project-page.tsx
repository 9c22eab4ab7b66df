import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'
import type { Project, ProjectDetail, ProjectInput } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { ProjectForm } from './project-form.tsx'

function EditProjectPage() {
  const { projectId } = useParams()
  const navigate = useNavigate()
  const query = useQuery(read<ProjectDetail>(`/projects/${projectId}`))
  const back = (): void => void navigate(`/projects/${projectId}`)
  const save = useSave({
    send: (input: ProjectInput) => api.patch<Project>(`/projects/${projectId}`, input),
    refreshes: ['projects', 'dashboard', 'activity'],
    done: 'Saved.',
    onDone: back,
  })
  return (
    <>
      <PageHeader title="Edit project" description="What was agreed, in one place." />
      <QueryView query={query} label="Loading the project">
        {({ name, client, status, coverId, summary, dueOn, budgetHours }) => (
          <Panel>
            <ProjectForm
              initial={{ name, client, status, coverId, summary, dueOn, budgetHours }}
              submitLabel="Save"
              pending={save.isPending}
              onSubmit={save.mutate}
              onCancel={back}
            />
          </Panel>
        )}
      </QueryView>
    </>
  )
}

export { EditProjectPage as Component }
