import { Field, Slider } from '@fluentui/react-components'
import { formatBytes } from '../../app/format.ts'
import { DeviceStorage } from './device-storage.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SwitchField } from './switch-field.tsx'

function StorageSettingsPage() {
  return (
    <>
      <SettingsForm section="storage" title="Storage" description="What is kept, for how long, and how much of it.">
        {(values, change) => (
          <>
            <SwitchField
              label="Keep originals"
              hint="Raw files stay after an export. Without them nothing can be developed again."
              checked={values.keepOriginals}
              onChange={(keepOriginals) => change({ keepOriginals })}
            />
            <Field label={`Archive delivered projects after ${values.archiveAfterDays} days`}>
              <Slider
                min={0}
                max={720}
                step={30}
                value={values.archiveAfterDays}
                onChange={(_event, { value }) => change({ archiveAfterDays: value })}
              />
            </Field>
            <Field label={`Warn me at ${formatBytes(values.quotaGigabytes * 1e9)}`}>
              <Slider
                min={500}
                max={10_000}
                step={500}
                value={values.quotaGigabytes}
                onChange={(_event, { value }) => change({ quotaGigabytes: value })}
              />
            </Field>
          </>
        )}
      </SettingsForm>
      <DeviceStorage />
    </>
  )
}

export { StorageSettingsPage as Component }
