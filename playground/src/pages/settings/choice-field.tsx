import { Field, Select } from '@fluentui/react-components'

interface ChoiceFieldProps<Value extends string> {
  label: string
  hint?: string
  value: Value
  options: Readonly<Record<Value, string>>
  onChange: (value: Value) => void
}

export function ChoiceField<Value extends string>({ label, hint, value, options, onChange }: ChoiceFieldProps<Value>) {
  return (
    <Field label={label} {...(hint && { hint })}>
      <Select value={value} onChange={(_event, data) => onChange(data.value as Value)}>
        {Object.entries<string>(options).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  )
}
