'use client'

import { Card } from '@/components/ui/card'
import { AutopayAfter } from './autopay-after'
import type { CheckoutActions, CheckoutScreen, Go } from './checkout'
import { FormView } from './form-view'
import { OtherWays } from './other-ways'
import { OutcomeView } from './outcome-view'

type Props = { screen: CheckoutScreen; actions: CheckoutActions; go: Go }

/**
 * The checkout as pay link and portal show it; the widget’s frame lays out the same parts itself. It knows no router and
 * fetches nothing by itself.
 */
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
      return (
        <OutcomeView facts={screen.facts} actions={actions} go={go}>
          <AutopayAfter facts={screen.facts} actions={actions} go={go} />
        </OutcomeView>
      )
  }
}
