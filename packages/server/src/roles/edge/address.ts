/**
 * The key under which an address's rates are counted. IPv6 counts by /64, the least that one customer gets (RFC 6177):
 * otherwise every machine would have 2^64 addresses of its own. IPv4 in IPv6 (RFC 4291 §2.5.5.2) counts as IPv4.
 */
export function addressKey(address: string): string {
  return prefix(address, 4);
}

/**
 * The key of the network around it: the /48 that one site gets (RFC 6177 §2), which holds 65,536 of the above. An IPv4
 * address stands for itself.
 */
export function networkKey(address: string): string {
  return prefix(address, 3);
}

function prefix(address: string, groupsKept: number): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [left = '', right] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = left === '' ? [] : left.split(':');
  if (right !== undefined) {
    const tail = right === '' ? [] : right.split(':');
    while (groups.length + tail.length < 8) groups.push('0');
    groups.push(...tail);
  }
  return `${groups
    .slice(0, groupsKept)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/${groupsKept * 16}`;
}
