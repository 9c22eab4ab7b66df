/** How much the errors of one plane at one scale count: of each kind, the mean and the 4-norm. */
export interface ErrorWeights {
  /** 0 is full size, each further one half of that. */
  readonly scale: number
  readonly plane: 'light' | 'redGreen' | 'blueYellow'
  readonly structure: readonly [mean: number, worst: number]
  readonly ringing: readonly [mean: number, worst: number]
  readonly blurring: readonly [mean: number, worst: number]
}

export const ERRORS = ['structure', 'ringing', 'blurring'] as const

const NONE = [0, 0] as const

/**
 * The weights of SSIMULACRA 2.1, fitted by its author to people's opinions (CID22, TID2013, KADID-10k, KonFiG-IQA); from libjxl,
 * © the JPEG XL Project Authors, BSD 3-clause. Those below 0.003 are left out, 27 of 52, and with them most of the work:
 * all together they move a score by less than 0.02.
 */
export const WEIGHTS: readonly ErrorWeights[] = [
  {
    scale: 0,
    plane: 'light',
    structure: [0, 7.466890328078848],
    ringing: NONE,
    blurring: [0, 17.445833984131262],
  },
  {
    scale: 1,
    plane: 'redGreen',
    structure: [0, 1.1041726426657346],
    ringing: NONE,
    blurring: NONE,
  },
  {
    scale: 1,
    plane: 'light',
    structure: [0, 6.683678146179332],
    ringing: NONE,
    blurring: [0, 1.027889937768264],
  },
  {
    scale: 2,
    plane: 'redGreen',
    structure: [0, 1.8422455520539298],
    ringing: [0, 11.441172603757666],
    blurring: NONE,
  },
  {
    scale: 2,
    plane: 'light',
    structure: [225.20515300849274, 19.213238186143016],
    ringing: NONE,
    blurring: NONE,
  },
  {
    scale: 3,
    plane: 'redGreen',
    structure: [0, 1.8787594979546387],
    ringing: [0, 10.94906990605142],
    blurring: NONE,
  },
  {
    scale: 3,
    plane: 'light',
    structure: [176.39317598450694, 24.43300999870476],
    ringing: [0, 0.28520802612117757],
    blurring: NONE,
  },
  {
    scale: 3,
    plane: 'blueYellow',
    structure: [0, 8.826982764996862],
    ringing: [0, 23.19243343998926],
    blurring: NONE,
  },
  {
    scale: 4,
    plane: 'redGreen',
    structure: NONE,
    ringing: [0.9677937080626833, 0.9981766977854967],
    blurring: NONE,
  },
  {
    scale: 4,
    plane: 'light',
    structure: [0, 34.77906344483772],
    ringing: [0, 44.835625328877896],
    blurring: NONE,
  },
  {
    scale: 4,
    plane: 'blueYellow',
    structure: [95.1080498811086, 0],
    ringing: [0.9863978034400682, 171.2667255897307],
    blurring: [0.9834382792465353, 0.9807858872435379],
  },
]
