import { Button } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left'
import { ArrowRightRegular } from '@fluentui/react-icons/svg/arrow-right'
import type { Stage, Task } from '../../../shared/api.ts'
import styles from './board.module.css'

const ORDER: readonly Stage[] = ['todo', 'doing', 'review', 'done']
const PRIORITY = { low: 'Can wait', normal: 'Normal', high: 'Urgent' } as const

export function TaskCard({ task, onMove }: { task: Task; onMove: (stage: Stage) => void }) {
  const position = ORDER.indexOf(task.stage)
  const before = ORDER[position - 1]
  const after = ORDER[position + 1]
  return (
    <li
      className={styles.card}
      data-priority={task.stage === 'done' ? 'low' : task.priority}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/plain', String(task.id))}
    >
      <p>{task.title}</p>
      <div className={styles.foot}>
        <span>{task.stage === 'done' ? 'Done' : PRIORITY[task.priority]}</span>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowLeftRegular />}
          aria-label={`Move ${task.title} back`}
          disabled={!before}
          onClick={() => before && onMove(before)}
        />
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowRightRegular />}
          aria-label={`Move ${task.title} on`}
          disabled={!after}
          onClick={() => after && onMove(after)}
        />
      </div>
    </li>
  )
}
