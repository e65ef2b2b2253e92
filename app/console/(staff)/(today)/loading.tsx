import { LoadingRegion } from '@/components/ui/loading-region'
import { PageFrame } from '../page-frame'
import { FiguresSkeleton, RowsSkeleton } from '../page-skeletons'
import { TwoColumns } from '../two-columns'

export default function TodayLoading() {
  return (
    <PageFrame crumbs={[{ name: 'Today' }]}>
      <LoadingRegion>
        <FiguresSkeleton />
        <TwoColumns
          main={<RowsSkeleton rows={9} />}
          side={
            <>
              <RowsSkeleton rows={4} />
              <RowsSkeleton rows={5} />
            </>
          }
        />
      </LoadingRegion>
    </PageFrame>
  )
}
