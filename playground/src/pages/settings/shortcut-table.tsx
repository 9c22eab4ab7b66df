import { Button, Input } from '@fluentui/react-components'
import type { Shortcut } from '../../app/shortcuts.ts'
import { conflicts } from './shortcut-conflicts.ts'
import styles from './shortcut-table.module.css'

interface ShortcutTableProps {
  shortcuts: readonly Shortcut[]
  keys: Readonly<Record<string, string>>
  disabled: boolean
  onChange: (keys: Record<string, string>) => void
}

export function ShortcutTable({ shortcuts, keys, disabled, onChange }: ShortcutTableProps) {
  const clashing = conflicts(shortcuts, keys)
  const set = (id: string, value: string): void => onChange({ ...keys, [id]: value.slice(0, 3) })
  const reset = (id: string): void => onChange(Object.fromEntries(Object.entries(keys).filter(([key]) => key !== id)))
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Shortcuts</caption>
      <thead>
        <tr>
          <th scope="col">Goes to</th>
          <th scope="col">Keys</th>
          <th scope="col">
            <span className="visually-hidden">Reset</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shortcuts.map(({ id, label, keys: standard }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td>
              <Input
                aria-label={`Keys for ${label}`}
                className={styles.keys}
                disabled={disabled}
                value={keys[id] ?? standard}
                aria-invalid={clashing.has(id)}
                onChange={(_event, { value }) => set(id, value)}
              />
              {clashing.has(id) && <span className={styles.clash}>Used twice</span>}
            </td>
            <td>
              <Button size="small" appearance="subtle" disabled={disabled || !(id in keys)} onClick={() => reset(id)}>
                Reset
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
