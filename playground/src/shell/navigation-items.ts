import { type FluentIcon } from '@fluentui/react-icons'
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload'
import { CalendarLtrRegular } from '@fluentui/react-icons/svg/calendar-ltr'
import { DataTrendingRegular } from '@fluentui/react-icons/svg/data-trending'
import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { GridRegular } from '@fluentui/react-icons/svg/grid'
import { HistoryRegular } from '@fluentui/react-icons/svg/history'
import { HomeRegular } from '@fluentui/react-icons/svg/home'
import { ImageMultipleRegular } from '@fluentui/react-icons/svg/image-multiple'
import { NotebookRegular } from '@fluentui/react-icons/svg/notebook'
import { PersonFeedbackRegular } from '@fluentui/react-icons/svg/person-feedback'
import { SettingsRegular } from '@fluentui/react-icons/svg/settings'
import { WandRegular } from '@fluentui/react-icons/svg/wand'

export interface NavigationItem {
  to: string
  label: string
  Icon: FluentIcon
}

export const GROUPS: readonly { label: string; items: readonly NavigationItem[] }[] = [
  {
    label: 'Studio',
    items: [
      { to: '/dashboard', label: 'Dashboard', Icon: HomeRegular },
      { to: '/projects', label: 'Projects', Icon: FolderRegular },
      { to: '/photos', label: 'Photographs', Icon: ImageMultipleRegular },
      { to: '/darkroom', label: 'Darkroom', Icon: WandRegular },
      { to: '/notes', label: 'Notes', Icon: NotebookRegular },
      { to: '/assets', label: 'Assets', Icon: GridRegular },
      { to: '/import', label: 'Import', Icon: ArrowUploadRegular },
      { to: '/calendar', label: 'Calendar', Icon: CalendarLtrRegular },
    ],
  },
  {
    label: 'Insight',
    items: [
      { to: '/analytics', label: 'Analytics', Icon: DataTrendingRegular },
      { to: '/activity', label: 'Activity', Icon: HistoryRegular },
    ],
  },
  {
    label: 'You',
    items: [
      { to: '/settings', label: 'Settings', Icon: SettingsRegular },
      { to: '/feedback', label: 'Feedback', Icon: PersonFeedbackRegular },
    ],
  },
]
