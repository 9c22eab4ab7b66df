import { Button, Checkbox, Input } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Stage, Task } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { useSave } from '../../api/use-save.ts'
import styles from './task-list.module.css'

/** Tick a task off, or add one at the end. */
export function TaskList({ projectId, tasks }: { projectId: string; tasks: readonly Task[] }) {
  const [title, setTitle] = useState('')
  const move = useSave({
    send: ({ id, stage }: { id: number; stage: Stage }) => api.patch<Task>(`/tasks/${id}`, { stage }),
    refreshes: ['projects', 'dashboard', 'activity'],
  })
  const add = useSave({
    send: (text: string) => api.post<Task>(`/projects/${projectId}/tasks`, { title: text }),
    refreshes: ['projects', 'dashboard'],
    onDone: () => setTitle(''),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (title.trim() !== '') add.mutate(title)
  }
  return (
    <>
      <ul className={styles.tasks}>
        {tasks.map((task) => (
          <li key={task.id} data-done={task.stage === 'done'}>
            <Checkbox
              label={task.title}
              checked={task.stage === 'done'}
              onChange={(_event, { checked }) => move.mutate({ id: task.id, stage: checked ? 'done' : 'todo' })}
            />
          </li>
        ))}
      </ul>
      <form className={styles.form} onSubmit={submit}>
        <Input
          aria-label="New task"
          placeholder="Add a task"
          maxLength={120}
          value={title}
          onChange={(_event, { value }) => setTitle(value)}
        />
        <Button type="submit" disabled={title.trim() === '' || add.isPending}>
          Add
        </Button>
      </form>
    </>
  )
}
