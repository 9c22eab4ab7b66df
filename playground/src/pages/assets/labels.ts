import type { AssetKind, AssetStatus } from '../../../shared/api.ts'

export const KIND_LABELS: Record<AssetKind, string> = {
  image: 'Image',
  video: 'Film',
  audio: 'Sound',
  document: 'Document',
  vector: 'Drawing',
}

export const STATUS_LABELS: Record<AssetStatus, string> = {
  ready: 'Ready',
  processing: 'Processing',
  archived: 'Archived',
}
