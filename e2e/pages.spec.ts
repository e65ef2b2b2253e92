import {
  expectAccessible,
  expectContrasts,
  expectInert,
  expectLandmarks,
  expectNoSidewaysScroll,
} from './pages/accessible.ts'
import { builtRoutes } from './pages/build.ts'
import { findGuarded, type Guarded, letGo } from './pages/guarded.ts'
import { pageTable } from './pages/page-table.ts'
import { asContact, asOwner } from './pages/sessions.ts'
import { answered, expect, test } from './pages/test.ts'

// Every page of the build, wide in both themes and narrow in the dark one: each page is opened once and looked at thrice.

// What a trace keeps of each step costs more here than the steps; colors change at once, not over 120 ms.
test.use({ trace: 'off', contextOptions: { reducedMotion: 'reduce' } })

let world: Guarded
test.beforeAll(async ({ browser }) => {
  world = await findGuarded(browser)
})
test.afterAll(async () => letGo(world))

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

test('every page of the build has its row in the table', () => {
  const built = builtRoutes().filter(({ kind }) => kind === 'page')
  expect(built.map(({ address }) => address)).toEqual(Object.keys(pageTable).toSorted((a, b) => a.localeCompare(b)))
})

for (const [address, looks] of Object.entries(pageTable))
  test(`${address}: no violation for axe, one main, one first heading, no sideways scroll, no error`, async ({
    page,
    context,
    complaints,
  }) => {
    for (const { as, at, isMissing, isInert } of looks) {
      if (as === 'owner') await asOwner(context)
      if (as === 'client') await asContact(context, 'dana@hadleymoss.example')
      if (isMissing) complaints.allow(answered(404))
      const path = at(world)
      await page.setViewportSize(wide)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(path)
      if (isInert) await expectInert(page, path)
      else await expectLandmarks(page, path)
      await expectNoSidewaysScroll(page, `${path} at ${wide.width}`)
      await expectAccessible(page, `${path} at ${wide.width}`)
      await page.emulateMedia({ colorScheme: 'dark' })
      await expectContrasts(page, `${path} at ${wide.width}, dark`)
      await page.setViewportSize(narrow)
      await expectNoSidewaysScroll(page, `${path} at ${narrow.width}`)
      await expectAccessible(page, `${path} at ${narrow.width}, dark`)
    }
  })
