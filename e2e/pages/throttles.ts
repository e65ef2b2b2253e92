import { product } from './product.ts'

/**
 * All journeys come from one network, within minutes: without this, those that sign in by mail or directory would hold up
 * the ones after them, as they should hold up a thief.
 */
export async function forgetEntering(): Promise<void> {
  const { acrossTenants, sql } = await product()
  await acrossTenants((tx) => tx.run(sql`delete from rate_limits where key like 'enter:%'`))
}
