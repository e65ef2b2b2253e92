import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostNameOf, isOurs, routeOnTenantHost } from './route-host'

test('a host is named without its port, in small letters', () => {
  expect(hostNameOf('Pay.Larkfield.Example:8443')).toBe('pay.larkfield.example')
  expect(hostNameOf('pay.larkfield.example.')).toBe('pay.larkfield.example')
  expect(hostNameOf('[::1]:3000')).toBe('[::1]')
  expect(hostNameOf(null)).toBe('')
})

test('only our own name is ours', () => {
  expect(isOurs('127.0.0.1', 'localhost')).toBe(true)
  for (const name of ['', 'pay.example.evil.example', 'evil-pay.example', 'localhost'])
    expect(isOurs(name, 'pay.example')).toBe(false)
})

test('a tenant’s host shows the tenant’s pages from the root', () => {
  expect(routeOnTenantHost('/', 'larkfield')).toEqual({ to: 'path', path: '/m/larkfield' })
  expect(routeOnTenantHost('/pay/abc', 'larkfield')).toEqual({ to: 'path', path: '/m/larkfield/pay/abc' })
  expect(routeOnTenantHost('/m/larkfield/sign-in', 'larkfield')).toEqual({ to: 'here' })
  expect(routeOnTenantHost('/fonts/x.woff2', 'larkfield')).toEqual({ to: 'here' })
})

test('a tenant’s host shows nothing of another tenant, of staff or of programs', () => {
  for (const path of [
    '/m/boreal',
    '/m/boreal/pay/abc',
    '/m/larkfield-two',
    '/m',
    '/console',
    '/console/settings',
    '/api/v1/invoices',
    '/brand-preview/pay',
    '/embed/boreal',
  ])
    expect(routeOnTenantHost(path, 'larkfield'), path).toEqual({ to: 'nowhere' })
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const route = routeOnTenantHost(path === '' ? '/' : path, 'larkfield')
      if (route.to === 'path') expect(route.path.startsWith('/m/larkfield')).toBe(true)
    }),
  )
})
