import { BlockList, isIP } from 'node:net';

/** A set of IP addresses, of single ones and of ranges as CIDR writes them (RFC 4632 §3.1, RFC 4291 §2.3). */
export class AddressRanges {
  readonly #list = new BlockList();

  /**
   * Of texts like `10.0.0.0/8`, `2001:db8::/32` and `::1`; `undefined` if one of them is none.
   */
  static of(texts: readonly string[]): AddressRanges | undefined {
    const ranges = new AddressRanges();
    return texts.every((text) => ranges.#add(text)) ? ranges : undefined;
  }

  /** An IPv4 address in IPv6 (RFC 4291 §2.5.5.2) is looked for as the one that it is. */
  has(address: string): boolean {
    const [bare = ''] = address.split('%');
    const family = isIP(bare);
    return family !== 0 && this.#list.check(bare, family === 6 ? 'ipv6' : 'ipv4');
  }

  #add(text: string): boolean {
    const [, address = '', prefix] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
    const family = isIP(address);
    if (family === 0) return false;
    const bits = family === 6 ? 128 : 32;
    const length = prefix === undefined ? bits : Number(prefix);
    if (length > bits) return false;
    this.#list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
    return true;
  }
}
