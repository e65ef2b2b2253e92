import { openStage } from '/work/main/e2e/crash/stage.ts'
import { billSome, chargesAtStripe } from '/work/main/e2e/crash/story.ts'
import { Payer } from '/work/main/e2e/crash/payer.ts'
import { actionIds, pressRefund } from '/work/main/e2e/crash/pay-page.ts'
import { Random } from '/work/main/sandbox/kernel/random.ts'
const stage = await openStage()
try {
  const payer = new Payer(stage)
  const [invoice] = await billSome(stage, new Random(1), 1)
  console.log(await payer.pay(invoice!, [{ card: '4242424242424242' }]))
  const [charge] = await chargesAtStripe(stage)
  const action = actionIds(stage.buildFolder)('app/console/(staff)/payments/[id]/refund.ts', 'refund')
  const form = new FormData(); for (const [n, v] of Object.entries({ id: charge!.metadata.attempt_id!, amount: "1.00", reason: "x" })) form.append(`1_${n}`, v); form.append("0", JSON.stringify(["$undefined", "$K1"])); const r = await fetch(`${stage.publicUrl}/console/payments/${charge!.metadata.attempt_id}`, { method: "POST", body: form, redirect: "manual", headers: { "next-action": action, accept: "text/x-component", origin: stage.publicUrl, cookie: await stage.staffCookie() } }); console.log(r.status, [...r.headers], (await r.text()).slice(0, 600))
  console.log((await chargesAtStripe(stage))[0])
} catch (e) { console.log(e) } finally { await stage.close() }
process.exit(0)
