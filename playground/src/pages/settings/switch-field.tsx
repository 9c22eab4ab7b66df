import { Field, Switch } from '@fluentui/react-components'

interface SwitchFieldProps {
  label: string
  hint: string
  checked: boolean
  onChange: (checked: boolean) => void
}

export function SwitchField({ label, hint, checked, onChange }: SwitchFieldProps) {
  return (
    <Field hint={hint}>
      <Switch label={label} checked={checked} onChange={(_event, data) => onChange(data.checked)} />
    </Field>
  )
}
