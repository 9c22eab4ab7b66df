import { useMemo, useState } from 'react'
import { Grid } from '../../components/grid.tsx'
import { RangeField } from '../../components/range-field.tsx'
import { Stat } from '../../components/stat.tsx'
import styles from './darkroom-page.module.css'
import type { FilterName } from './filter-names.ts'
import { type Filters, javascriptFilters } from './javascript-filters.ts'
import { PixelCanvas } from './pixel-canvas.tsx'

interface DevelopProps {
  engine: Filters
  image: ImageData
  filter: FilterName
}

/** The photograph before and after, and how long each of the two engines took for it. */
export function Develop({ engine, image, filter }: DevelopProps) {
  const [radius, setRadius] = useState(3)
  const wasm = useMemo(() => apply(engine, image, filter, radius), [engine, image, filter, radius])
  const javascript = useMemo(() => apply(javascriptFilters, image, filter, radius), [image, filter, radius])
  const different = countDifferences(wasm.image.data, javascript.image.data)
  return (
    <div className={styles.develop}>
      {filter === 'blur' && (
        <RangeField label={`Radius: ${radius} pixels`} min={1} max={8} value={radius} onChange={setRadius} />
      )}
      <div className={styles.views}>
        <figure>
          <PixelCanvas image={image} label="Before" />
          <figcaption>Before</figcaption>
        </figure>
        <figure>
          <PixelCanvas image={wasm.image} label="After" />
          <figcaption>After, developed in WebAssembly</figcaption>
        </figure>
      </div>
      <Grid min={150} as="dl">
        <Stat label="WebAssembly" value={`${wasm.milliseconds.toFixed(1)} ms`} />
        <Stat label="JavaScript" value={`${javascript.milliseconds.toFixed(1)} ms`} />
        <Stat label="Pixels that differ" value={String(different)} />
      </Grid>
    </div>
  )
}

function apply(filters: Filters, { data, width, height }: ImageData, filter: FilterName, radius: number) {
  const start = performance.now()
  const pixels = filters[filter](data, width, height, radius)
  return {
    milliseconds: performance.now() - start,
    image: new ImageData(Uint8ClampedArray.from(pixels), width, height),
  }
}

function countDifferences(a: ImageDataArray, b: ImageDataArray): number {
  let count = 0
  for (let at = 0; at < a.length; at += 4) {
    if (a[at] !== b[at] || a[at + 1] !== b[at + 1] || a[at + 2] !== b[at + 2]) count++
  }
  return count
}
