import { expect, test } from 'vitest'
import { isOutside } from './outside-address'

test.each(['8.8.8.8', '52.23.16.9', '2606:4700:4700::1111'])('%s belongs to the open internet', (address) =>
  expect(isOutside(address)).toBe(true),
)

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.1.1',
  '198.19.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fe80::1',
  'fc00::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'ff02::1',
  'localhost',
  '',
])('%s is refused', (address) => expect(isOutside(address)).toBe(false))
