import { Button, Field, Select } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Project } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { DropZone } from './drop-zone.tsx'
import { FileList } from './file-list.tsx'
import styles from './import-page.module.css'
import { type ImportFile, toImportFile } from './import-file.ts'

function ImportPage() {
  const navigate = useNavigate()
  const query = useQuery(read<Project[]>('/projects'))
  const [files, setFiles] = useState<readonly ImportFile[]>([])
  const [projectId, setProjectId] = useState('')
  const chosen = projectId || query.data?.[0]?.id
  const save = useSave({
    send: (project: string) => api.post<{ imported: number }>('/assets/import', { projectId: project, files }),
    refreshes: ['assets', 'dashboard', 'activity', 'analytics'],
    done: `${files.length === 1 ? 'One file is' : `${files.length} files are`} in the studio.`,
    onDone: () => void navigate('/assets'),
  })
  const add = (added: readonly File[]): void => {
    const known = new Set(files.map((file) => file.name))
    setFiles([...files, ...added.map(toImportFile).filter((file) => !known.has(file.name))])
  }
  return (
    <>
      <PageHeader
        title="Import"
        description="List new files in the studio. They stay on your disk; Lumen keeps the record."
      />
      <QueryView query={query} label="Loading projects">
        {(projects) => (
          <div className={styles.steps}>
            <Panel title="1. Choose files">
              <DropZone onFiles={add} />
              <FileList files={files} onRemove={(name) => setFiles(files.filter((file) => file.name !== name))} />
            </Panel>
            <Panel title="2. Choose a project">
              <Field label="Project">
                <Select value={chosen} onChange={(_event, { value }) => setProjectId(value)}>
                  {projects.map((project) => (
                    <option key={project.id} value={project.id}>
                      {project.name}
                    </option>
                  ))}
                </Select>
              </Field>
              <div>
                <Button
                  appearance="primary"
                  disabled={files.length === 0 || chosen === undefined || save.isPending}
                  onClick={() => chosen && save.mutate(chosen)}
                >
                  {files.length === 0
                    ? 'Import'
                    : `Import ${files.length === 1 ? 'one file' : `${files.length} files`}`}
                </Button>
              </div>
            </Panel>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { ImportPage as Component }
