import { Field, Select } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Photo } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { Segments } from '../../components/segments.tsx'
import { PHOTO_FILES } from '../../photos/photo-files.ts'
import styles from './darkroom-page.module.css'
import { Develop } from './develop.tsx'
import { type FilterName, FILTERS } from './filter-names.ts'
import { loadEngine, loadPixels } from './engine.ts'

function DarkroomPage() {
  const [parameters, setParameters] = useSearchParams()
  const chosen = parameters.get('photo') ?? ''
  const photo = chosen in PHOTO_FILES ? chosen : 'keepsakes'
  const [filter, setFilter] = useState<FilterName>('edges')
  const url = PHOTO_FILES[photo]!.picture.src
  const { data: photos = [] } = useQuery(read<Photo[]>('/photos'))
  const query = useQuery({
    queryKey: ['darkroom', url],
    queryFn: async () => {
      const [engine, pixels] = await Promise.all([loadEngine(), loadPixels(url)])
      return { engine, pixels }
    },
    staleTime: Infinity,
    gcTime: 60_000,
  })
  return (
    <>
      <PageHeader
        title="Darkroom"
        description="Filters in WebAssembly, on your own machine, with the same work in JavaScript beside them."
      />
      {'WebAssembly' in globalThis ? (
        <>
          <div className={styles.controls}>
            <Field label="Photograph">
              <Select
                value={photo}
                onChange={(_event, { value }) => setParameters({ photo: value }, { replace: true })}
              >
                {Object.keys(PHOTO_FILES).map((key) => (
                  <option key={key} value={key}>
                    {photos.find((one) => one.file === key)?.title ?? key}
                  </option>
                ))}
              </Select>
            </Field>
            <Segments label="Filter" value={filter} options={FILTERS} onChange={setFilter} />
          </div>
          <QueryView query={query} label="Filling the trays">
            {({ engine, pixels }) => <Develop key={url} engine={engine} image={pixels} filter={filter} />}
          </QueryView>
        </>
      ) : (
        <EmptyState title="No WebAssembly here">This browser does not run it, or it was switched off.</EmptyState>
      )}
    </>
  )
}

export { DarkroomPage as Component }
