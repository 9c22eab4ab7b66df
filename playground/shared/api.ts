/** What the API answers, shared by the server and the app. Dates are ISO 8601 strings, sizes bytes, money cents. */

export type ProjectStatus = 'planned' | 'active' | 'review' | 'delivered'
export type Stage = 'todo' | 'doing' | 'review' | 'done'
export type Priority = 'low' | 'normal' | 'high'
export type AssetKind = 'image' | 'video' | 'audio' | 'document' | 'vector'
export type AssetStatus = 'ready' | 'processing' | 'archived'
export type EventKind = 'shoot' | 'deadline' | 'review' | 'meeting'
export type Role = 'owner' | 'editor' | 'viewer'
export type Theme = 'system' | 'light' | 'dark'
export type Range = '7d' | '30d' | '90d'
export type Metric = 'views' | 'visitors' | 'downloads' | 'exports'

export interface Project {
  id: string
  name: string
  client: string
  status: ProjectStatus
  coverId: string
  summary: string
  dueOn: string
  budgetHours: number
  spentHours: number
  createdAt: string
  updatedAt: string
  tasks: number
  tasksDone: number
}

export interface ProjectInput {
  name: string
  client: string
  status: ProjectStatus
  coverId: string
  summary: string
  dueOn: string
  budgetHours: number
}

export interface Task {
  id: number
  projectId: string
  title: string
  stage: Stage
  priority: Priority
  assigneeId: string
}

export interface ProjectDetail extends Project {
  taskList: Task[]
  photos: Photo[]
  notes: NoteSummary[]
}

export interface Photo {
  id: string
  /** Key of the photograph in the app's own table of image files. */
  file: string
  title: string
  album: string
  width: number
  height: number
  takenAt: string
  camera: string
  lens: string
  iso: number
  aperture: string
  shutter: string
  rating: number
  favourite: boolean
  caption: string
  projectId: string
  tags: string[]
}

export interface Asset {
  id: number
  name: string
  kind: AssetKind
  status: AssetStatus
  projectId: string
  bytes: number
  /** Pixels, or `null` where the kind has none. */
  width: number | null
  height: number | null
  seconds: number | null
  createdAt: string
}

export type AssetSort = 'name' | 'kind' | 'status' | 'bytes' | 'createdAt'

export interface AssetPage {
  total: number
  offset: number
  rows: Asset[]
}

export interface NoteSummary {
  id: string
  title: string
  excerpt: string
  projectId: string | null
  updatedAt: string
}

export interface Note extends NoteSummary {
  body: string
}

export interface CalendarEvent {
  id: number
  title: string
  kind: EventKind
  startsAt: string
  endsAt: string
  projectId: string | null
  location: string
}

export interface ActivityItem {
  id: number
  at: string
  actor: string
  verb: string
  subjectKind: 'project' | 'photo' | 'note' | 'asset' | 'event' | 'settings'
  subjectId: string
  subject: string
}

export interface ActivityPage {
  items: ActivityItem[]
  /** Hand it back as `before` for the next page; `null` at the end. */
  next: number | null
}

export interface Point {
  day: string
  value: number
}

export interface Slice {
  label: string
  value: number
}

export interface Dashboard {
  totals: { projects: number; photos: number; assets: number; bytes: number }
  views: Point[]
  downloads: Point[]
  storage: Slice[]
  active: Project[]
  upcoming: CalendarEvent[]
  activity: ActivityItem[]
}

export interface MetricSeries {
  metric: Metric
  total: number
  /** The same number of days before. */
  previous: number
  points: Point[]
}

export interface AnalyticsOverview {
  range: Range
  series: MetricSeries[]
  busiest: Slice[]
}

export interface AnalyticsAudience {
  range: Range
  countries: Slice[]
  devices: Slice[]
  /** Seven rows from Monday, 24 columns: visits in each hour of the week. */
  hours: number[][]
}

export interface AnalyticsStorage {
  total: number
  quota: number
  kinds: Slice[]
  projects: Slice[]
  largest: Asset[]
}

export interface AnalyticsExports {
  range: Range
  points: Point[]
  formats: Slice[]
  medianSeconds: number
  slowestSeconds: number
}

export interface SearchHit {
  kind: 'project' | 'photo' | 'note' | 'asset'
  id: string
  title: string
  detail: string
}

export interface Member {
  id: string
  name: string
  email: string
  role: Role
  lastSeenAt: string | null
}

export interface ApiKey {
  id: string
  label: string
  scope: 'read' | 'write'
  prefix: string
  createdAt: string
  lastUsedAt: string | null
}

/** Answered once, when the key is made. Only its hash is kept. */
export interface CreatedApiKey extends ApiKey {
  secret: string
}

export interface Integration {
  id: string
  name: string
  description: string
  connected: boolean
  account: string | null
}

export interface Invoice {
  id: string
  issuedOn: string
  cents: number
  status: 'paid' | 'open'
}

export type Plan = 'solo' | 'studio' | 'agency'

export interface Billing {
  plan: Plan
  seats: number
  seatsUsed: number
  renewsOn: string
  invoices: Invoice[]
}

export interface Settings {
  profile: { name: string; email: string; studio: string; bio: string; timeZone: string }
  appearance: { theme: Theme; density: 'comfortable' | 'compact'; reduceMotion: boolean }
  notifications: { comments: boolean; deadlines: boolean; exports: boolean; digest: 'off' | 'daily' | 'weekly' }
  shortcuts: { enabled: boolean; keys: Record<string, string> }
  storage: { keepOriginals: boolean; archiveAfterDays: number; quotaGigabytes: number }
  privacy: { shareUsage: boolean; stripLocation: boolean; publicProfile: boolean }
  language: { language: string; dateStyle: 'short' | 'medium' | 'long'; firstDay: 'monday' | 'sunday' }
  exports: { format: 'jpeg' | 'webp' | 'avif'; quality: number; watermark: boolean; watermarkText: string }
}

export type SettingsSection = keyof Settings

export interface Session {
  name: string
  studio: string
  setupDone: boolean
}

export interface SetupInput {
  name: string
  studio: string
  theme: Theme
  work: 'photography' | 'film' | 'design' | 'mixed'
  firstProject: string
}

export interface ApiFailure {
  statusCode: number
  message: string
}
