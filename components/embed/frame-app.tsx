import { Lock, X } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { OutcomeView } from '@/components/checkout/outcome-view'
import { PaymentStatus } from '@/components/checkout/payment-status'
import { Button } from '@/components/ui/button'
import type { FrameFacts } from './frame'
import { openFullPage } from './full-page'
import { tellHost } from './host-news'
import { LookUpForm } from './look-up-form'
import { PayScreen } from './pay-screen'
import { SaveScreen } from './save-screen'
import { useFrame } from './use-frame'

type Props = { facts: FrameFacts; session: string | undefined }

/** The checkout in a frame on the MSP’s own site. */
export function FrameApp({ facts, session }: Props) {
  const { words, path, isDialog, host } = facts
  const frame = useFrame(facts, session)
  const { state, server, go } = frame
  const isLookedUp = session === undefined && state.at !== 'look-up'
  const screen = state.at === 'screen' ? state.screen : undefined

  return (
    <main className="relative overflow-clip rounded-brand-card border border-hairline bg-surface">
      <PaymentStatus text={screen?.show === 'outcome' ? screen.status : ''} />
      {isDialog && (
        <Button
          tone="quiet"
          size="icon"
          aria-label={words.close}
          className="absolute top-1 right-1 z-1"
          onClick={() => tellHost({ type: 'closed' })}
        >
          <X aria-hidden size={18} />
        </Button>
      )}
      <div className={isDialog ? 'pt-8' : ''}>{body()}</div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-hairline border-t bg-sunken px-4.5 py-3 text-sm text-text-2 wide:px-6">
        <span className="inline-flex items-center gap-1.5">
          <Lock aria-hidden size={14} /> {words.straightToStripe}
        </span>
        {isLookedUp ? (
          <Link act={frame.lookUp}>{words.another}</Link>
        ) : (
          host !== undefined && (
            <Link act={() => openFullPage(path, frame.session(), frame.reload)}>{words.fullPage}</Link>
          )
        )}
      </div>
    </main>
  )

  function body(): ReactNode {
    if (state.at === 'look-up')
      return <LookUpForm facts={facts} server={server} onFound={(token) => void frame.found(token)} />
    if (state.at === 'loading') return <p className="loading">{words.loading}</p>
    if (state.at === 'ended') return <Message title={words.endedTitle} text={words.endedText} />
    if (state.at === 'lost')
      return (
        <Message title={words.lostTitle} text={words.lostText}>
          <Button onClick={frame.reload}>{words.again}</Button>
        </Message>
      )
    if (screen?.show === 'pay') return <PayScreen screen={screen} words={words} actions={server.actions} go={go} />
    if (screen?.show === 'save') return <SaveScreen screen={screen} acts={server.saving} reload={go.reload} />
    if (screen?.show === 'outcome' && screen.checkout.show === 'outcome') {
      const { rest, checkout } = screen
      const outcome = checkout.facts
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the link inside is what is pressed, by mouse or key
        <div className="p-4.5 wide:p-6" onClick={(event) => void saveReceipt(event, outcome.attemptId)}>
          <OutcomeView facts={outcome} actions={server.actions} go={go}>
            {rest !== undefined && (
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <p className="text-text-2">{rest.text}</p>
                <Button tone="plain" onClick={() => void frame.payRest()}>
                  {rest.button}
                </Button>
              </div>
            )}
          </OutcomeView>
        </div>
      )
    }
    return screen?.show === 'nothing' ? <Message title={screen.title} text={screen.text} /> : null
  }

  /** A link carries no token: the receipt is fetched with it, and handed to the browser as a file. */
  async function saveReceipt(event: MouseEvent, attemptId: string): Promise<void> {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null) return
    event.preventDefault()
    const file = URL.createObjectURL(await server.receipt(attemptId))
    const save = document.createElement('a')
    save.href = file
    save.download = 'receipt.pdf'
    save.click()
    URL.revokeObjectURL(file)
  }
}

function Message({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-3 p-4.5 wide:p-6">
      <h1 className="h2">{title}</h1>
      <p className="text-text-2">{text}</p>
      {children}
    </div>
  )
}

function Link({ act, children }: { act: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={act} className="py-1 font-medium text-brand-text hover:underline">
      {children}
    </button>
  )
}
