import { useToday } from '../../app/use-today.ts'
import { ChoiceField } from './choice-field.tsx'
import { SettingsForm } from './settings-form.tsx'

function LanguagePage() {
  const today = useToday()
  return (
    <SettingsForm section="language" title="Language and dates" description="How the studio writes to your clients.">
      {(values, change) => (
        <>
          <ChoiceField
            label="Language of what you send"
            hint="Lumen itself speaks English for now."
            value={values.language}
            options={{ en: 'English', sv: 'Swedish', de: 'German' }}
            onChange={(language) => change({ language })}
          />
          <ChoiceField
            label="Dates"
            hint={`Today is ${new Intl.DateTimeFormat(values.language, { dateStyle: values.dateStyle }).format(today)}.`}
            value={values.dateStyle}
            options={{ short: 'Short', medium: 'Medium', long: 'Long' }}
            onChange={(dateStyle) => change({ dateStyle })}
          />
          <ChoiceField
            label="The week begins on"
            value={values.firstDay}
            options={{ monday: 'Monday', sunday: 'Sunday' }}
            onChange={(firstDay) => change({ firstDay })}
          />
        </>
      )}
    </SettingsForm>
  )
}

export { LanguagePage as Component }
