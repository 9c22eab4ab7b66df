import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { ProjectInput, ProjectStatus } from '../../../shared/api.ts'
import { FormGrid } from '../../components/form-grid.tsx'
import { STATUS_LABELS } from '../../components/status-badge.tsx'
import { Picture } from '@paceline/images/react'
import { PHOTO_FILES } from '../../photos/photo-files.ts'
import styles from './project-form.module.css'

interface ProjectFormProps {
  initial: ProjectInput
  submitLabel: string
  pending: boolean
  onSubmit: (input: ProjectInput) => void
  onCancel: () => void
}

export function ProjectForm({ initial, submitLabel, pending, onSubmit, onCancel }: ProjectFormProps) {
  const [values, setValues] = useState(initial)
  const [tried, setTried] = useState(false)
  const problems = check(values)
  const change = (part: Partial<ProjectInput>): void => setValues((before) => ({ ...before, ...part }))
  const validation = (field: keyof ProjectInput) =>
    tried && problems[field] ? { validationState: 'error' as const, validationMessage: problems[field] } : {}

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    setTried(true)
    const first = Object.keys(problems)[0]
    if (first) event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    else onSubmit({ ...values, name: values.name.trim(), client: values.client.trim() })
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <FormGrid>
        <Field label="Name" required {...validation('name')}>
          <Input
            name="name"
            maxLength={80}
            value={values.name}
            onChange={(_event, { value }) => change({ name: value })}
          />
        </Field>
        <Field label="Client" required {...validation('client')}>
          <Input
            name="client"
            maxLength={80}
            value={values.client}
            onChange={(_event, { value }) => change({ client: value })}
          />
        </Field>
        <Field label="Status">
          <Select value={values.status} onChange={(_event, { value }) => change({ status: value as ProjectStatus })}>
            {Object.entries(STATUS_LABELS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Due on" required {...validation('dueOn')}>
          <Input
            name="dueOn"
            type="date"
            value={values.dueOn}
            onChange={(_event, { value }) => change({ dueOn: value })}
          />
        </Field>
        <Field label="Hours agreed" {...validation('budgetHours')}>
          <Input
            name="budgetHours"
            type="number"
            min={0}
            max={10_000}
            value={String(values.budgetHours)}
            onChange={(_event, { value }) => change({ budgetHours: Number(value) })}
          />
        </Field>
      </FormGrid>
      <Field label="Summary" hint={`${values.summary.length} of 600 characters`}>
        <Textarea
          rows={4}
          maxLength={600}
          value={values.summary}
          onChange={(_event, { value }) => change({ summary: value })}
        />
      </Field>
      <fieldset className={styles.covers}>
        <legend>Cover</legend>
        {Object.entries(PHOTO_FILES).map(([key, { picture }]) => (
          <label key={key} className={styles.cover}>
            <input
              type="radio"
              name="cover"
              value={key}
              checked={values.coverId === key}
              onChange={() => change({ coverId: key })}
            />
            <Picture image={picture} alt={key} sizes="130px" />
          </label>
        ))}
      </fieldset>
      <div className={styles.actions}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" appearance="primary" disabled={pending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

function check(values: ProjectInput): Partial<Record<keyof ProjectInput, string>> {
  return {
    ...(values.name.trim() === '' && { name: 'A project needs a name.' }),
    ...(values.client.trim() === '' && { client: 'Who is it for? Write “Own work” if it is yours.' }),
    ...(values.dueOn === '' && { dueOn: 'Choose the day it is due.' }),
    ...(!(values.budgetHours >= 0) && { budgetHours: 'Write a number of hours, 0 or more.' }),
  }
}
