import { Badge, type BadgeProps } from '@fluentui/react-components'
import type { ProjectStatus } from '../../shared/api.ts'

const LOOK: Record<ProjectStatus, { label: string; color: NonNullable<BadgeProps['color']> }> = {
  planned: { label: 'Planned', color: 'informative' },
  active: { label: 'Active', color: 'brand' },
  review: { label: 'In review', color: 'warning' },
  delivered: { label: 'Delivered', color: 'success' },
}

export const STATUS_LABELS = Object.fromEntries(
  Object.entries(LOOK).map(([status, { label }]) => [status, label]),
) as Record<ProjectStatus, string>

export function StatusBadge({ status }: { status: ProjectStatus }) {
  return (
    <Badge appearance="tint" color={LOOK[status].color}>
      {LOOK[status].label}
    </Badge>
  )
}
