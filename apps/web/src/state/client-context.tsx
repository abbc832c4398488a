import type { MaruClient } from '@maru/client';
import { createContext, type ReactNode, useContext } from 'react';

const ClientContext = createContext<MaruClient | undefined>(undefined);

export function ClientProvider({
  client,
  children,
}: {
  readonly client: MaruClient;
  readonly children: ReactNode;
}) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The client of who is signed in. What changes by itself is read by `useClientValue`. */
export function useClient(): MaruClient {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient needs a ClientProvider around it');
  return client;
}
