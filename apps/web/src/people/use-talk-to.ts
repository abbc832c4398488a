import type { UserId } from '@maru/protocol';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';

/** Opens the conversation with somebody, which is made where there is none. */
export function useTalkTo(): (user: UserId) => Promise<void> {
  const client = useClient();
  return async (user) => {
    const { room } = await client.commands.openDirect(user);
    go({ kind: 'room', room }, { replace: true });
  };
}
