import type { AssetKind, AssetStatus, Metric } from '../../shared/api.ts'
import { dayFrom, hourFrom } from './dates.ts'
import { MEMBERS } from './people.ts'
import { PHOTOS } from './photos.ts'
import { PROJECTS, TASKS } from './projects.ts'
import type { Random } from './random.ts'

/** How many rows the table of assets shows. */
export const ASSET_COUNT = 10_000
/** Twice the longest range of the analytics, so that every range has one before it to compare with. */
const DAYS = 180

const STEMS = [
  'ridge',
  'harbour',
  'stove',
  'type',
  'valley',
  'rope',
  'press',
  'ember',
  'glass',
  'paper',
  'frost',
  'tide',
]
const SUFFIXES: Record<AssetKind, readonly string[]> = {
  image: ['.raf', '.jpg', '.tif', '.dng'],
  video: ['.mov', '.mp4'],
  audio: ['.wav', '.flac'],
  document: ['.pdf', '.md'],
  vector: ['.svg', '.ai'],
}
const KINDS: readonly AssetKind[] = [
  'image',
  'image',
  'image',
  'image',
  'image',
  'video',
  'video',
  'audio',
  'document',
  'vector',
]
const STATUSES: readonly AssetStatus[] = ['ready', 'ready', 'ready', 'ready', 'processing', 'archived', 'archived']
const SIZES: Record<AssetKind, readonly [low: number, high: number]> = {
  image: [180_000, 62_000_000],
  video: [24_000_000, 2_400_000_000],
  audio: [900_000, 180_000_000],
  document: [4_000, 9_000_000],
  vector: [2_000, 1_800_000],
}

export function assetRows(random: Random, now: Date): object[] {
  return Array.from({ length: ASSET_COUNT }, (_, index) => {
    const kind = random.pick(KINDS)
    const pictorial = kind === 'image' || kind === 'video'
    const [width, height] =
      kind === 'video'
        ? [3840, 2160]
        : random.pick([
            [7728, 5152],
            [6000, 4000],
            [4000, 6000],
          ])
    return {
      id: index + 1,
      name: `${random.pick(STEMS)}-${String(index + 1).padStart(5, '0')}${random.pick(SUFFIXES[kind])}`,
      kind,
      status: random.pick(STATUSES),
      projectId: random.pick(PROJECTS).id,
      bytes: random.integer(...SIZES[kind]),
      width: pictorial ? width : null,
      height: pictorial ? height : null,
      seconds: kind === 'video' || kind === 'audio' ? random.integer(4, 1_900) : null,
      createdAt: hourFrom(now, -random.integer(1, 700), random.integer(6, 20), random.integer(0, 59)),
    }
  })
}

export function taskRows(random: Random): object[] {
  return PROJECTS.flatMap((project) => {
    const finished = TASKS.length * Math.min(1, project.spentHours / project.budgetHours)
    return TASKS.map((title, index) => {
      const behind = finished - index
      const stage = behind >= 1.5 ? 'done' : behind >= 0.5 ? 'review' : behind >= -1.5 ? 'doing' : 'todo'
      return {
        projectId: project.id,
        title,
        stage: project.status === 'delivered' ? 'done' : project.status === 'planned' && index > 0 ? 'todo' : stage,
        priority: random.pick(['low', 'normal', 'normal', 'high']),
        assigneeId: random.pick(MEMBERS.slice(0, 4)).id,
      }
    })
  })
}

const BASE: Record<Metric, number> = { views: 420, visitors: 170, downloads: 38, exports: 22 }

export function metricRows(random: Random, now: Date): object[] {
  return (Object.keys(BASE) as Metric[]).flatMap((metric) =>
    Array.from({ length: DAYS }, (_, index) => {
      const day = dayFrom(now, index - DAYS + 1)
      const weekend = [0, 6].includes(new Date(day).getUTCDay()) ? 0.55 : 1
      const growth = 0.7 + (index / DAYS) * 0.6
      const wave = 1 + Math.sin(index / 9) * 0.12
      return {
        day,
        metric,
        value: Math.round(BASE[metric] * weekend * growth * wave * (random.integer(82, 118) / 100)),
      }
    }),
  )
}

const EVENTS = [
  ['Shoot on location', 'shoot', 4, 'Upper hut'],
  ['Contact sheet with the client', 'review', 1, 'Video call'],
  ['Studio day', 'shoot', 6, 'Studio 2'],
  ['Weekly planning', 'meeting', 1, 'Kitchen table'],
  ['Colour review', 'review', 2, 'Grading room'],
] as const

export function eventRows(random: Random, now: Date): object[] {
  const deadlines = PROJECTS.filter((project) => project.status !== 'delivered').map((project) => ({
    title: `${project.name} is due`,
    kind: 'deadline',
    startsAt: hourFrom(now, project.dueInDays, 16),
    endsAt: hourFrom(now, project.dueInDays, 17),
    projectId: project.id,
    location: '',
  }))
  const others = Array.from({ length: 40 }, (_, index) => {
    const [title, kind, hours, location] = random.pick(EVENTS)
    const day = index * 2 - 30 + random.integer(0, 1)
    const hour = random.integer(8, 12)
    return {
      title,
      kind,
      startsAt: hourFrom(now, day, hour),
      endsAt: hourFrom(now, day, hour + hours),
      projectId: random.pick(PROJECTS).id,
      location,
    }
  })
  return [...deadlines, ...others].sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}

export function activityRows(random: Random, now: Date): object[] {
  return Array.from({ length: 240 }, (_, index) => {
    const minutes = (239 - index) * 97 + random.integer(0, 60)
    const photo = random.pick(PHOTOS)
    const project = random.pick(PROJECTS)
    const [verb, subjectKind, subjectId, subject] = random.pick([
      ['rated', 'photo', photo.id, photo.title],
      ['captioned', 'photo', photo.id, photo.title],
      ['updated', 'project', project.id, project.name],
      ['moved a task in', 'project', project.id, project.name],
      ['exported from', 'project', project.id, project.name],
      ['edited', 'note', 'shot-list', 'Shot list: North Ridge'],
    ] as const)
    return {
      at: new Date(now.getTime() - minutes * 60_000).toISOString(),
      actor: random.pick(MEMBERS.slice(0, 4)).name,
      verb,
      subjectKind,
      subjectId,
      subject,
    }
  })
}
