import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Settings, SettingsSection } from '../../../shared/api.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/queries.ts'
import { useSave } from '../../api/use-save.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { QueryView } from '../../components/query-view.tsx'
import styles from './settings-form.module.css'

interface SettingsFormProps<Section extends SettingsSection> {
  section: Section
  title: string
  description: string
  /** Runs with every change, before it is saved: what can be seen at once is shown at once. */
  preview?: (values: Settings[Section]) => void
  /** What this device uses where it differs from what is saved. It is shown, and saved with the next change. */
  local?: Settings[Section]
  children: (values: Settings[Section], change: (part: Partial<Settings[Section]>) => void) => ReactNode
}

/** One section of the settings: read, change, save or take back. */
export function SettingsForm<Section extends SettingsSection>(props: SettingsFormProps<Section>) {
  const { section, title, description } = props
  const query = useQuery(read<Settings[Section]>(`/settings/${section}`))
  return (
    <>
      <PageHeader title={title} description={description} />
      <QueryView query={query} label="Loading the settings">
        {(saved) => <Fields {...props} saved={saved} />}
      </QueryView>
    </>
  )
}

function Fields<Section extends SettingsSection>({
  section,
  saved,
  local,
  preview,
  children,
}: SettingsFormProps<Section> & { saved: Settings[Section] }) {
  const [change, setChange] = useState<Partial<Settings[Section]>>({})
  const values = { ...saved, ...local, ...change }
  const changed = differences(saved, values)
  const dirty = Object.keys(changed).length > 0
  const save = useSave({
    send: (next: Partial<Settings[Section]>) => api.patch<Settings[Section]>(`/settings/${section}`, next),
    refreshes: ['settings', 'session', 'activity', 'analytics'],
    done: 'The settings are saved.',
  })
  const update = (part: Partial<Settings[Section]>): void => {
    const next = { ...change, ...part }
    setChange(next)
    preview?.({ ...saved, ...local, ...next })
  }
  const discard = (): void => {
    setChange({})
    preview?.(saved)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (dirty) save.mutate(changed)
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Panel>
        <div className={styles.fields}>{children(values, update)}</div>
      </Panel>
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabled={!dirty || save.isPending}>
          Save
        </Button>
        <Button disabled={!dirty} onClick={discard}>
          Discard
        </Button>
      </div>
    </form>
  )
}

function differences<Values extends object>(before: Values, after: Values): Partial<Values> {
  const keys = Object.keys(after) as (keyof Values)[]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<Values>
}
