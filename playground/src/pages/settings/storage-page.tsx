import { formatBytes } from '../../app/format.ts'
import { RangeField } from '../../components/range-field.tsx'
import { DeviceStorage } from './device-storage.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SwitchField } from './switch-field.tsx'

function StorageSettingsPage() {
  return (
    <>
      <SettingsForm
        section="storage"
        title="Storage settings"
        description="What is kept, for how long, and how much of it."
      >
        {(values, change) => (
          <>
            <SwitchField
              label="Keep originals"
              hint="Raw files stay after an export. Without them nothing can be developed again."
              checked={values.keepOriginals}
              onChange={(keepOriginals) => change({ keepOriginals })}
            />
            <RangeField
              label={`Archive delivered projects after ${values.archiveAfterDays} days`}
              min={0}
              max={720}
              step={30}
              value={values.archiveAfterDays}
              onChange={(archiveAfterDays) => change({ archiveAfterDays })}
            />
            <RangeField
              label={`Warn me at ${formatBytes(values.quotaGigabytes * 1e9)}`}
              min={500}
              max={10_000}
              step={500}
              value={values.quotaGigabytes}
              onChange={(quotaGigabytes) => change({ quotaGigabytes })}
            />
          </>
        )}
      </SettingsForm>
      <DeviceStorage />
    </>
  )
}

export { StorageSettingsPage as Component }
