import { BlockList, isIP } from 'node:net';

const PRIVATE_IPV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, where clouds keep their metadata
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];

const PRIVATE_IPV6 = [
  '::/128',
  '::1/128',
  '64:ff9b::/96', // NAT64: an IPv4 address in disguise, as are the next ones
  '64:ff9b:1::/48',
  '2002::/16',
  '2001::/23', // Teredo and other special purposes
  '100::/64', // discard
  '2001:db8::/32', // documentation
  'fc00::/7', // unique local
  'fe80::/10', // link-local
  'fec0::/10',
  'ff00::/8', // multicast
];

const privateRanges = new BlockList();
for (const range of PRIVATE_IPV4) add(range, 'ipv4');
for (const range of PRIVATE_IPV6) add(range, 'ipv6');

/** Tells whether an IP address is anything but a public one; IPv4 written as IPv6 included. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return privateRanges.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function add(range: string, family: 'ipv4' | 'ipv6'): void {
  const [network = '', prefix = '0'] = range.split('/');
  privateRanges.addSubnet(network, Number(prefix), family);
}
