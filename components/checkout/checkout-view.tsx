'use client'

import { Card } from '@/components/ui/card'
import type { CheckoutActions, CheckoutScreen, Go } from './checkout'
import { FormView } from './form-view'
import { OtherWays } from './other-ways'
import { OutcomeView } from './outcome-view'

type Props = { screen: CheckoutScreen; actions: CheckoutActions; go: Go }

/** The checkout behind every door: pay link, portal and widget. It knows no router and fetches nothing by itself. */
export function CheckoutView({ screen, actions, go }: Props) {
  switch (screen.show) {
    case 'form':
      return <FormView facts={screen.facts} actions={actions} go={go} />
    case 'elsewhere':
      return (
        <Card title={screen.title}>
          <OtherWays {...screen.otherWays} />
        </Card>
      )
    case 'outcome':
      return <OutcomeView facts={screen.facts} actions={actions} go={go} />
  }
}
