/** Runs once when the web process starts. In sandbox mode it lives in the simulated world's time, as the worker does. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { followSandboxClock } = await import('@/lib/base/clock')
  const { stampAddresses } = await import('@/lib/base/client-address')
  const { env } = await import('@/lib/base/env')
  stampAddresses(env().TRUSTED_PROXY_HOPS)
  await followSandboxClock()
}
