import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'
import { usePreferences } from './preferences.ts'

const BRAND: BrandVariants = {
  10: '#1f0a03',
  20: '#381409',
  30: '#4f1c0c',
  40: '#63240f',
  50: '#772b11',
  60: '#8b3314',
  70: '#a03b16',
  80: '#a83f19',
  90: '#c4582f',
  100: '#d26a42',
  110: '#e57c52',
  120: '#f0875a',
  130: '#f0a587',
  140: '#f6b9a1',
  150: '#fbcebc',
  160: '#fee4d9',
}

const FONT = { fontFamilyBase: "'Figtree Variable', 'Figtree Fallback', system-ui, sans-serif" }

export const LIGHT: Theme = { ...createLightTheme(BRAND), ...FONT }
export const DARK: Theme = {
  ...createDarkTheme(BRAND),
  ...FONT,
  // The brand's own ramp is too dim for text and outlines on our warm black.
  colorBrandForeground1: BRAND[120],
  colorBrandForeground2: BRAND[130],
  colorNeutralForeground2BrandHover: BRAND[120],
  colorCompoundBrandForeground1: BRAND[120],
  colorCompoundBrandStroke: BRAND[120],
  colorNeutralBackground1: '#231f1b',
  colorNeutralBackground2: '#1d1916',
  colorNeutralBackground3: '#1a1714',
}

const darkSystem = matchMedia('(prefers-color-scheme: dark)')

function subscribe(listener: () => void): () => void {
  darkSystem.addEventListener('change', listener)
  return () => darkSystem.removeEventListener('change', listener)
}

/** Whether the page is dark now: as chosen in the settings, else as the system says, also when the system changes. */
export function useDark(): boolean {
  const { theme } = usePreferences()
  const system = useSyncExternalStore(subscribe, () => darkSystem.matches)
  return theme === 'system' ? system : theme === 'dark'
}
