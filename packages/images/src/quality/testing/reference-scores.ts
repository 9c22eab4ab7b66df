/** What another implementation says of the same pixels. */
export interface ReferenceScore {
  /** The program `ssimulacra2` 2.1 of github.com/cloudinary/ssimulacra2 (May 2025), as it is. */
  readonly program: number
  /** The same program with its blur, a recursion in 32 bits, written out as the nine taps it stands for, in 64 bits. */
  readonly exact: number
}

/** Photograph → damage → score; the pixels are those of photograph.ts and distortions.ts, given to the program as PNG. */
export const REFERENCE_SCORES: Readonly<
  Record<'mountains' | 'notebooks' | 'laptop' | 'translucent', Readonly<Record<string, ReferenceScore>>>
> = {
  mountains: {
    'noise 4': { program: 83.343, exact: 83.4859 },
    'noise 20': { program: 18.5019, exact: 18.533 },
    'bands 8': { program: 45.4339, exact: 45.5169 },
    'bands 32': { program: -49.0248, exact: -49.0157 },
    'blocks 2': { program: 66.7309, exact: 66.9489 },
    'blocks 8': { program: -39.5255, exact: -39.5119 },
    'brighter 6': { program: 72.5878, exact: 72.8635 },
    'bluer 24': { program: 61.45, exact: 61.7197 },
    softer: { program: 66.1762, exact: 66.4186 },
  },
  notebooks: {
    'noise 4': { program: 88.4391, exact: 88.529 },
    'noise 20': { program: 49.8069, exact: 49.8096 },
    'bands 8': { program: 84.5879, exact: 84.6028 },
    'bands 32': { program: 23.3227, exact: 23.3197 },
    'blocks 2': { program: 30.2926, exact: 30.2898 },
    'blocks 8': { program: -80.9499, exact: -80.9439 },
    'brighter 6': { program: 83.4493, exact: 83.4697 },
    'bluer 24': { program: 70.3651, exact: 70.4228 },
    softer: { program: 41.9157, exact: 41.9329 },
  },
  laptop: {
    'noise 4': { program: 84.8384, exact: 85.1434 },
    'noise 20': { program: 25.1853, exact: 25.1973 },
    'bands 8': { program: 44.158, exact: 44.1839 },
    'bands 32': { program: -41.6233, exact: -41.6024 },
    'blocks 2': { program: 50.2873, exact: 50.4075 },
    'blocks 8': { program: -61.0834, exact: -61.0817 },
    'brighter 6': { program: 89.1981, exact: 89.9425 },
    'bluer 24': { program: 74.8415, exact: 75.6296 },
    softer: { program: 59.9791, exact: 60.1923 },
  },
  translucent: {
    'noise 4': { program: 90.8461, exact: 91.4614 },
    'noise 20': { program: 63.6615, exact: 63.7079 },
    'bands 8': { program: 90.5959, exact: 91.0959 },
    'bands 32': { program: 47.1886, exact: 47.2264 },
    'blocks 2': { program: 48.7641, exact: 48.88 },
    'blocks 8': { program: -63.9951, exact: -63.9938 },
    'brighter 6': { program: 86.0407, exact: 86.4229 },
    'bluer 24': { program: 64.5711, exact: 64.9516 },
    softer: { program: 55.6676, exact: 55.7864 },
  },
}
