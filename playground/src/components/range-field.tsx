import { Field } from '@fluentui/react-components'
import styles from './range-field.module.css'

interface RangeFieldProps {
  /** Names the value as well: "Quality: 80". */
  label: string
  min: number
  max: number
  step?: number
  value: number
  onChange: (value: number) => void
}

export function RangeField({ label, onChange, ...range }: RangeFieldProps) {
  return (
    <Field label={label}>
      <input
        type="range"
        className={styles.range}
        {...range}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </Field>
  )
}
