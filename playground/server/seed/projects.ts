import type { ProjectStatus } from '../../shared/api.ts'

export interface ProjectSeed {
  id: string
  name: string
  client: string
  status: ProjectStatus
  coverId: string
  summary: string
  dueInDays: number
  budgetHours: number
  spentHours: number
  ageInDays: number
}

export const PROJECTS: readonly ProjectSeed[] = [
  {
    id: 'north-ridge',
    name: 'North Ridge',
    client: 'Ridge & Fell Outdoor',
    status: 'active',
    coverId: 'fog',
    summary:
      'A winter catalogue in black and white: landscapes from the high valleys, tools and clothing photographed on location.',
    dueInDays: 18,
    budgetHours: 160,
    spentHours: 96,
    ageInDays: 70,
  },
  {
    id: 'harbour-letterpress',
    name: 'Harbour Letterpress',
    client: 'Harbour Press',
    status: 'active',
    coverId: 'notebooks',
    summary: 'Product photographs and a short film for the relaunch of a letterpress workshop.',
    dueInDays: 9,
    budgetHours: 80,
    spentHours: 61,
    ageInDays: 34,
  },
  {
    id: 'salt-and-fire',
    name: 'Salt and Fire',
    client: 'Orchard Books',
    status: 'review',
    coverId: 'kitchen',
    summary: 'Forty recipes for open fire. Overhead photographs, dark boards, no artificial light.',
    dueInDays: 4,
    budgetHours: 120,
    spentHours: 113,
    ageInDays: 92,
  },
  {
    id: 'analogue-year',
    name: 'The Analogue Year',
    client: 'Own work',
    status: 'active',
    coverId: 'cameras',
    summary: 'One roll of film a week for a year, and a book at the end of it.',
    dueInDays: 120,
    budgetHours: 200,
    spentHours: 74,
    ageInDays: 210,
  },
  {
    id: 'pocket-launch',
    name: 'Pocket Launch',
    client: 'Tern Mobile',
    status: 'planned',
    coverId: 'phone',
    summary: 'Launch campaign: twelve stills on coloured paper and cut-downs for every format.',
    dueInDays: 33,
    budgetHours: 64,
    spentHours: 5,
    ageInDays: 8,
  },
  {
    id: 'archive-revival',
    name: 'Archive Revival',
    client: 'Museum of Flight',
    status: 'delivered',
    coverId: 'astronaut',
    summary: 'Scans, restoration and captions for four hundred transparencies of the space programme.',
    dueInDays: -21,
    budgetHours: 240,
    spentHours: 236,
    ageInDays: 300,
  },
  {
    id: 'valley-film',
    name: 'Where the Valley Opens',
    client: 'Ridge & Fell Outdoor',
    status: 'planned',
    coverId: 'valley',
    summary: 'A three-minute film to accompany the winter catalogue, shot at first light.',
    dueInDays: 47,
    budgetHours: 90,
    spentHours: 0,
    ageInDays: 5,
  },
  {
    id: 'open-line',
    name: 'Open Line',
    client: 'Helpline North',
    status: 'delivered',
    coverId: 'telephone',
    summary: 'Portrait of a telephone helpline for its annual report.',
    dueInDays: -40,
    budgetHours: 40,
    spentHours: 38,
    ageInDays: 130,
  },
  {
    id: 'colour-index',
    name: 'Colour Index',
    client: 'Own work',
    status: 'review',
    coverId: 'brushes',
    summary: 'A reference of pigments: every brush stroke scanned, measured and named.',
    dueInDays: 12,
    budgetHours: 60,
    spentHours: 52,
    ageInDays: 66,
  },
]

export const TASKS: readonly string[] = [
  'Agree the shot list',
  'Book the location',
  'Pack lights and backdrops',
  'Shoot the main series',
  'Back up the cards',
  'Select and rate',
  'Grade the selects',
  'Retouch the cover',
  'Write captions',
  'Export for print',
  'Export for the web',
  'Send the contact sheet',
  'Collect the client’s notes',
  'Second round of corrections',
  'Clear the music',
  'Deliver and archive',
]
