import { describe, expect, it } from 'vitest';
import { isGloballyRoutable } from '../../../src/core/net/address.ts';
import { REFUSED_ADDRESSES } from '../../support/refused-addresses.ts';

const ROUTABLE = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '93.184.215.14',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.1',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2000::1',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
  '2a00:1450:4001:82a::200e',
  '3ffe::1',
  '3fff:1000::1',
  '64:ff9b::8.8.8.8',
  '64:ff9b::808:808',
  '2002:808:808::1',
];

describe('isGloballyRoutable', () => {
  it.each(ROUTABLE)('lets %s through', (address) => {
    expect(isGloballyRoutable(address)).toBe(true);
  });

  it.each(REFUSED_ADDRESSES)('refuses %s (%s)', (address) => {
    expect(isGloballyRoutable(address)).toBe(false);
  });

  it.each([
    '',
    'localhost',
    '8.8.8',
    '0x08080808',
    '134744072',
    '010.8.8.8',
    '[2606:4700::1]',
    '8.8.8.8 ',
    '1.1.1.1/8',
  ])('refuses %j, which is no address as a resolver writes it', (text) => {
    expect(isGloballyRoutable(text)).toBe(false);
  });
});
