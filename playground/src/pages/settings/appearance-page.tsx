import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import type { Settings } from '../../../shared/api.ts'
import { setPreferences, usePreferences } from '../../app/preferences.ts'
import { SettingsForm } from './settings-form.tsx'
import { SwitchField } from './switch-field.tsx'

type Appearance = Settings['appearance']

function AppearancePage() {
  const preferences = usePreferences()
  return (
    <SettingsForm
      section="appearance"
      title="Appearance"
      description="Light, dark, roomy or tight. You see every change at once."
      local={preferences}
      preview={setPreferences}
    >
      {(values, change) => (
        <>
          <Field label="Theme">
            <RadioGroup
              value={values.theme}
              onChange={(_event, { value }) => change({ theme: value as Appearance['theme'] })}
            >
              <Radio value="system" label="As my system does" />
              <Radio value="light" label="Light" />
              <Radio value="dark" label="Dark" />
            </RadioGroup>
          </Field>
          <Field label="Density">
            <RadioGroup
              value={values.density}
              onChange={(_event, { value }) => change({ density: value as Appearance['density'] })}
            >
              <Radio value="comfortable" label="Comfortable" />
              <Radio value="compact" label="Compact" />
            </RadioGroup>
          </Field>
          <SwitchField
            label="Reduce motion"
            hint="Nothing slides or fades. A setting of your system is followed in any case."
            checked={values.reduceMotion}
            onChange={(reduceMotion) => change({ reduceMotion })}
          />
        </>
      )}
    </SettingsForm>
  )
}

export { AppearancePage as Component }
