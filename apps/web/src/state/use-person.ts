import type { Person } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { useEffect } from 'react';
import { useClient } from './client-context.tsx';
import { useClientValue } from './use-client-value.ts';

/** Somebody, as far as they are known. */
export function usePerson(user: UserId | undefined): Person | undefined {
  return useClientValue((client) => (user === undefined ? undefined : client.person(user)));
}

/** Learns of people who are about to be shown. Without a server they stay as they are known. */
export function useLookUp(users: readonly UserId[]): void {
  const client = useClient();
  const online = useClientValue(({ connection }) => connection.state === 'online');
  const wanted = [...new Set(users)].sort().join(' ');
  useEffect(() => {
    if (!online || wanted === '') return;
    client.lookUp(wanted.split(' ') as UserId[]).catch(() => undefined);
  }, [client, online, wanted]);
}
