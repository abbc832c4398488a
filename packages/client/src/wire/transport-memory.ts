/** What is known of networks in which sockets don't work. May be forgotten at any time: then it is found out again. */
export interface TransportMemory {
  /** Until when sockets are taken for blocked; milliseconds since the epoch. */
  blockedUntil(network: string): number | undefined;
  /** @param until `undefined` where sockets have shown that they work */
  remember(network: string, until: number | undefined): void;
}

/** Forgets with the process. */
export function createTransportMemory(): TransportMemory {
  const blocked = new Map<string, number>();
  return {
    blockedUntil: (network) => blocked.get(network),
    remember(network, until) {
      if (until === undefined) blocked.delete(network);
      else blocked.set(network, until);
    },
  };
}
