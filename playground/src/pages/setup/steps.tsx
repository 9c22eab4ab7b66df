import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components'
import type { ComponentType } from 'react'
import type { SetupInput, Theme } from '../../../shared/api.ts'

export interface StepProps {
  values: SetupInput
  change: (part: Partial<SetupInput>) => void
}

const WORK: readonly { value: SetupInput['work']; label: string }[] = [
  { value: 'photography', label: 'Photography' },
  { value: 'film', label: 'Film' },
  { value: 'design', label: 'Design' },
  { value: 'mixed', label: 'A bit of everything' },
]

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As my system does' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

function Names({ values, change }: StepProps) {
  return (
    <>
      <Field label="Your name" required>
        <Input
          name="name"
          autoComplete="name"
          maxLength={80}
          value={values.name}
          onChange={(_event, { value }) => change({ name: value })}
        />
      </Field>
      <Field label="Name of the studio" required>
        <Input
          name="studio"
          autoComplete="organization"
          maxLength={80}
          value={values.studio}
          onChange={(_event, { value }) => change({ studio: value })}
        />
      </Field>
    </>
  )
}

function Work({ values, change }: StepProps) {
  return (
    <Field label="Most of your work is">
      <RadioGroup
        name="work"
        value={values.work}
        onChange={(_event, { value }) => change({ work: value as SetupInput['work'] })}
      >
        {WORK.map((option) => (
          <Radio key={option.value} {...option} />
        ))}
      </RadioGroup>
    </Field>
  )
}

function Look({ values, change }: StepProps) {
  return (
    <Field label="Lumen looks" hint="You can change this at any time in the settings.">
      <RadioGroup name="theme" value={values.theme} onChange={(_event, { value }) => change({ theme: value as Theme })}>
        {THEMES.map((option) => (
          <Radio key={option.value} {...option} />
        ))}
      </RadioGroup>
    </Field>
  )
}

function First({ values, change }: StepProps) {
  return (
    <Field label="First project" hint="Leave it empty to start with an empty table.">
      <Input
        name="firstProject"
        maxLength={80}
        value={values.firstProject}
        onChange={(_event, { value }) => change({ firstProject: value })}
      />
    </Field>
  )
}

export const STEPS: readonly { title: string; text: string; Fields: ComponentType<StepProps> }[] = [
  { title: 'Who works here?', text: 'Your clients see these names on what you send them.', Fields: Names },
  { title: 'What do you make?', text: 'It decides what the dashboard puts first.', Fields: Work },
  { title: 'Light or dark?', text: 'Pick what is kind to your eyes. You see it at once.', Fields: Look },
  { title: 'What are you working on?', text: 'Name a project and we open it for you.', Fields: First },
]
