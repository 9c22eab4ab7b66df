export type FilterName = 'grayscale' | 'edges' | 'blur'

export const FILTERS: readonly { value: FilterName; label: string }[] = [
  { value: 'grayscale', label: 'Black and white' },
  { value: 'edges', label: 'Edges' },
  { value: 'blur', label: 'Soft focus' },
]
