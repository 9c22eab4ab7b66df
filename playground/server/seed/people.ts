import type { Role } from '../../shared/api.ts'

export const MEMBERS: readonly { id: string; name: string; email: string; role: Role; seenDaysAgo: number | null }[] = [
  { id: 'robin', name: 'Robin Ahlgren', email: 'robin@lumen.example', role: 'owner', seenDaysAgo: 0 },
  { id: 'imani', name: 'Imani Okafor', email: 'imani@lumen.example', role: 'editor', seenDaysAgo: 0 },
  { id: 'jun', name: 'Jun Takeda', email: 'jun@lumen.example', role: 'editor', seenDaysAgo: 1 },
  { id: 'lucia', name: 'Lucía Ferrer', email: 'lucia@lumen.example', role: 'editor', seenDaysAgo: 3 },
  { id: 'piet', name: 'Piet van Houten', email: 'piet@harbourpress.example', role: 'viewer', seenDaysAgo: 9 },
  { id: 'noor', name: 'Noor Haddad', email: 'noor@orchardbooks.example', role: 'viewer', seenDaysAgo: null },
]

export const INTEGRATIONS: readonly { id: string; name: string; description: string; account: string | null }[] = [
  {
    id: 'cloud-drive',
    name: 'Cloud Drive',
    description: 'Keep delivered projects in a folder that clients can open.',
    account: 'robin@lumen.example',
  },
  {
    id: 'team-chat',
    name: 'Team chat',
    description: 'Post to a channel when a client comments or an export is ready.',
    account: '#studio',
  },
  {
    id: 'print-lab',
    name: 'Print lab',
    description: 'Send finished files to the lab with the right colour profile.',
    account: null,
  },
  {
    id: 'calendar',
    name: 'Calendar',
    description: 'Show shoots and deadlines in the calendar you already use.',
    account: null,
  },
  {
    id: 'web-hook',
    name: 'Webhook',
    description: 'Receive a signed request for every change in a project.',
    account: null,
  },
]
