import type { Me } from '@maru/protocol';
import { useEffect, useState } from 'react';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';

/** The account as the server had it when it was asked; `undefined` until then. */
export function useMe(): Me | undefined {
  const client = useClient();
  const isOnline = useClientValue(({ connection }) => connection.state === 'online');
  const [me, setMe] = useState<Me>();
  useEffect(() => {
    let isOver = false;
    if (isOnline) {
      client.api.getMe().then(
        (answer) => !isOver && setMe(answer),
        () => undefined,
      );
    }
    return () => {
      isOver = true;
    };
  }, [client, isOnline]);
  return me;
}
