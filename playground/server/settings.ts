import type { DatabaseSync } from 'node:sqlite'
import type { Settings, SettingsSection } from '../shared/api.ts'
import { one, run } from './database.ts'

/** What a studio starts with. A section is stored once somebody changed it. */
export const DEFAULT_SETTINGS: Readonly<Settings> = Object.freeze({
  profile: {
    name: 'Robin Ahlgren',
    email: 'robin@lumen.example',
    studio: 'Ahlgren & Friends',
    bio: 'Photographer. Cold places, warm light.',
    timeZone: 'Europe/Stockholm',
  },
  appearance: { theme: 'system', density: 'comfortable', reduceMotion: false },
  notifications: { comments: true, deadlines: true, exports: false, digest: 'weekly' },
  shortcuts: { enabled: true, keys: {} },
  storage: { keepOriginals: true, archiveAfterDays: 180, quotaGigabytes: 4_000 },
  privacy: { shareUsage: false, stripLocation: true, publicProfile: false },
  language: { language: 'en', dateStyle: 'medium', firstDay: 'monday' },
  exports: { format: 'avif', quality: 80, watermark: false, watermarkText: '© Ahlgren & Friends' },
} satisfies Settings)

const string = (minLength: number, maxLength: number) => ({ type: 'string', minLength, maxLength }) as const
const boolean = { type: 'boolean' } as const
const choice = (...values: string[]) => ({ type: 'string', enum: values })
const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum }) as const

/** JSON Schema of the properties of each section. A change may name any of them, and nothing else. */
export const SETTINGS_SCHEMAS: Readonly<Record<SettingsSection, Record<string, object>>> = {
  profile: {
    name: string(1, 80),
    email: { ...string(3, 120), format: 'email' },
    studio: string(1, 80),
    bio: string(0, 400),
    timeZone: string(1, 60),
  },
  appearance: {
    theme: choice('system', 'light', 'dark'),
    density: choice('comfortable', 'compact'),
    reduceMotion: boolean,
  },
  notifications: {
    comments: boolean,
    deadlines: boolean,
    exports: boolean,
    digest: choice('off', 'daily', 'weekly'),
  },
  shortcuts: { enabled: boolean, keys: { type: 'object', additionalProperties: string(1, 12), maxProperties: 40 } },
  storage: { keepOriginals: boolean, archiveAfterDays: whole(0, 3_650), quotaGigabytes: whole(100, 20_000) },
  privacy: { shareUsage: boolean, stripLocation: boolean, publicProfile: boolean },
  language: {
    language: choice('en', 'sv', 'de'),
    dateStyle: choice('short', 'medium', 'long'),
    firstDay: choice('monday', 'sunday'),
  },
  exports: {
    format: choice('jpeg', 'webp', 'avif'),
    quality: whole(1, 100),
    watermark: boolean,
    watermarkText: string(0, 80),
  },
}

export function readSettings<Section extends SettingsSection>(
  database: DatabaseSync,
  section: Section,
): Settings[Section] {
  const row = one<{ value: string }>(database, 'SELECT value FROM settings WHERE section = ?', section)
  return { ...DEFAULT_SETTINGS[section], ...(row ? (JSON.parse(row.value) as Partial<Settings[Section]>) : {}) }
}

export function changeSettings<Section extends SettingsSection>(
  database: DatabaseSync,
  section: Section,
  change: Partial<Settings[Section]>,
): Settings[Section] {
  const next = { ...readSettings(database, section), ...change }
  run(database, 'INSERT OR REPLACE INTO settings (section, value) VALUES (?, ?)', section, JSON.stringify(next))
  return next
}
