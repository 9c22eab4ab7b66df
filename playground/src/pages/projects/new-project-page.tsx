import { useNavigate } from 'react-router'
import type { Project, ProjectInput } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import { useToday } from '../../app/use-today.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ProjectForm } from './project-form.tsx'

const DAYS_AHEAD = 30

function NewProjectPage() {
  const navigate = useNavigate()
  const today = useToday()
  const save = useSave({
    send: (input: ProjectInput) => api.post<Project>('/projects', input),
    refreshes: ['projects', 'dashboard', 'activity'],
    done: 'The project is on the table.',
    onDone: ({ id }) => void navigate(`/projects/${id}`),
  })
  const initial: ProjectInput = {
    name: '',
    client: '',
    status: 'planned',
    coverId: 'desk',
    summary: '',
    dueOn: new Date(today.getTime() + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10),
    budgetHours: 40,
  }
  return (
    <>
      <PageHeader title="New project" description="A name and a client are enough to begin with." />
      <Panel>
        <ProjectForm
          initial={initial}
          submitLabel="Create the project"
          pending={save.isPending}
          onSubmit={save.mutate}
          onCancel={() => void navigate('/projects')}
        />
      </Panel>
    </>
  )
}

export { NewProjectPage as Component }
