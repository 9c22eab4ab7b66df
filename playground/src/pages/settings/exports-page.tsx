import { Field, Input } from '@fluentui/react-components'
import { RangeField } from '../../components/range-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SwitchField } from './switch-field.tsx'

function ExportSettingsPage() {
  return (
    <SettingsForm
      section="exports"
      title="Export settings"
      description="What a photograph becomes when it leaves the studio."
    >
      {(values, change) => (
        <>
          <ChoiceField
            label="Format"
            hint="AVIF is smallest; JPEG opens everywhere."
            value={values.format}
            options={{ avif: 'AVIF', webp: 'WebP', jpeg: 'JPEG' }}
            onChange={(format) => change({ format })}
          />
          <RangeField
            label={`Quality: ${values.quality}`}
            min={1}
            max={100}
            value={values.quality}
            onChange={(quality) => change({ quality })}
          />
          <SwitchField
            label="Watermark"
            hint="In the lower right corner, small."
            checked={values.watermark}
            onChange={(watermark) => change({ watermark })}
          />
          <Field label="Text of the watermark">
            <Input
              maxLength={80}
              disabled={!values.watermark}
              value={values.watermarkText}
              onChange={(_event, { value }) => change({ watermarkText: value })}
            />
          </Field>
        </>
      )}
    </SettingsForm>
  )
}

export { ExportSettingsPage as Component }
