import { WandRegular } from '@fluentui/react-icons/svg/wand'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import type { Photo } from '../../../shared/api.ts'
import { read } from '../../api/queries.ts'
import { formatDate } from '../../app/format.ts'
import { ButtonLink } from '../../components/button-link.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { Photograph } from '../../components/photograph.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { CaptionForm } from './caption-form.tsx'
import { FavouriteButton } from './favourite-button.tsx'
import styles from './photo-page.module.css'
import { PhotoNeighbours } from './photo-neighbours.tsx'
import { Rating } from './rating.tsx'

const SIZES =
  '(width < 860px) calc(100vw - 32px), (width < 1000px) calc(100vw - 304px), (width < 1448px) calc(100vw - 608px), 924px'

function PhotoPage() {
  const { photoId = '' } = useParams()
  const query = useQuery(read<Photo>(`/photos/${photoId}`))
  return (
    <>
      <PageHeader
        key={photoId}
        title={query.data?.title ?? 'Photograph'}
        description={
          query.data ? `${query.data.album}, ${formatDate(query.data.takenAt)}.` : 'A photograph of the studio.'
        }
        eyebrow={<Link to="/photos">Photographs</Link>}
      >
        <PhotoNeighbours photoId={photoId} />
        <ButtonLink to={`/darkroom?photo=${photoId}`} icon={<WandRegular />}>
          Darkroom
        </ButtonLink>
      </PageHeader>
      <QueryView query={query} label="Loading the photograph">
        {(photo) => (
          <div className={styles.columns}>
            <Photograph photo={photo} className={styles.photo} sizes={SIZES} priority />
            <div className={styles.stack}>
              <Panel title="Your judgement" action={<FavouriteButton photo={photo} />}>
                <Rating photo={photo} />
                <CaptionForm key={photo.id} photo={photo} />
              </Panel>
              <Panel title="Taken with">
                <dl className={styles.facts}>
                  <dt>Camera</dt>
                  <dd>{photo.camera}</dd>
                  <dt>Lens</dt>
                  <dd>{photo.lens}</dd>
                  <dt>Exposure</dt>
                  <dd>
                    {photo.shutter} s, {photo.aperture}, ISO {photo.iso}
                  </dd>
                  <dt>Size</dt>
                  <dd>
                    {photo.width} × {photo.height} pixels
                  </dd>
                  <dt>Project</dt>
                  <dd>
                    <Link to={`/projects/${photo.projectId}`}>{photo.projectId.replaceAll('-', ' ')}</Link>
                  </dd>
                  <dt>Tags</dt>
                  <dd>{photo.tags.join(', ')}</dd>
                </dl>
              </Panel>
            </div>
          </div>
        )}
      </QueryView>
    </>
  )
}

export { PhotoPage as Component }
