import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { addressOf, clientAddress, networkOf, stampAddresses } from './client-address'

test.each([
  ['what the sender wrote is nothing to a process that stands alone', '203.0.113.9', 0, '198.51.100.7'],
  ['one proxy: the entry it added', '203.0.113.9, 198.51.100.7', 1, '198.51.100.7'],
  ['one proxy, and a sender who wrote ten addresses', `${'1.2.3.4, '.repeat(10)}198.51.100.7`, 1, '198.51.100.7'],
  ['two proxies', '9.9.9.9, 198.51.100.7, 192.0.2.1', 2, '198.51.100.7'],
  ['fewer entries than proxies: the first there is', '198.51.100.7', 3, '198.51.100.7'],
])('%s', (_, forwarded, hops, whom) => {
  const socket = hops === 0 ? '198.51.100.7' : '127.0.0.1'
  expect(addressOf(forwarded, socket, hops)).toBe(whom)
})

test('an IPv6 network of 64 bits is one asker, an IPv4 address in IPv6 clothes is itself', () => {
  expect(networkOf('2001:db8:0:7::1')).toBe('2001:db8:0:7::/64')
  expect(networkOf('2001:0DB8:0000:0007:ffff::')).toBe('2001:db8:0:7::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf(addressOf(undefined, '::ffff:198.51.100.7', 0))).toBe('198.51.100.7')
})

test('a request carries the address of its socket, whatever it says of itself', async () => {
  stampAddresses(0)
  const server = createServer((request, response) => {
    response.end(clientAddress(new Headers(request.headers as Record<string, string>)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-closeloop-address': '203.0.113.10' }
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers })
  expect(await answer.text()).toBe('127.0.0.1')
  server.close()
})
