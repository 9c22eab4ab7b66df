import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectDetail, Stage, Task } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { announce } from '../../app/announcer.ts'
import { notify } from '../../app/notices.ts'
import styles from './board.module.css'
import { TaskCard } from './task-card.tsx'

export const STAGES: readonly { stage: Stage; label: string }[] = [
  { stage: 'todo', label: 'To do' },
  { stage: 'doing', label: 'Doing' },
  { stage: 'review', label: 'In review' },
  { stage: 'done', label: 'Done' },
]

/** Moves show at once and go back when the studio refuses them. */
export function Board({ project }: { project: ProjectDetail }) {
  const client = useQueryClient()
  const [target, setTarget] = useState<Stage | null>(null)
  const { queryKey } = read<ProjectDetail>(`/projects/${project.id}`)
  const move = useMutation({
    mutationFn: ({ task, stage }: { task: Task; stage: Stage }) => api.patch<Task>(`/tasks/${task.id}`, { stage }),
    onMutate: async ({ task, stage }) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      client.setQueryData(
        queryKey,
        (data: ProjectDetail | undefined) =>
          data && {
            ...data,
            taskList: data.taskList.map((other) => (other.id === task.id ? { ...other, stage } : other)),
          },
      )
      return before
    },
    onError: (error, _move, before) => {
      client.setQueryData(queryKey, before)
      notify(error.message, 'problem')
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })

  const moveTo = (id: number, stage: Stage): void => {
    const task = project.taskList.find((other) => other.id === id)
    if (!task || task.stage === stage) return
    move.mutate({ task, stage })
    announce(`${task.title} moved to ${STAGES.find((other) => other.stage === stage)!.label}`)
  }

  return (
    <div className={styles.board}>
      {STAGES.map(({ stage, label }) => {
        const tasks = project.taskList.filter((task) => task.stage === stage)
        return (
          <section
            key={stage}
            aria-label={label}
            className={styles.column}
            data-target={target === stage}
            onDragOver={(event) => {
              event.preventDefault()
              setTarget(stage)
            }}
            onDragLeave={() => setTarget(null)}
            onDrop={(event) => {
              event.preventDefault()
              setTarget(null)
              moveTo(Number(event.dataTransfer.getData('text/plain')), stage)
            }}
          >
            <h2>
              {label} <span>{tasks.length}</span>
            </h2>
            <ul className={styles.cards}>
              {tasks.map((task) => (
                <TaskCard key={task.id} task={task} onMove={(next) => moveTo(task.id, next)} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
