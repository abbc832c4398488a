import type { RoomSnapshot } from '@maru/client';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';

/** The ways on from a conversation that the server did not make. */
export function useRefusedActs({ room }: Pick<RoomSnapshot, 'room'>) {
  const client = useClient();
  const { commands } = client;
  const act = useAct();
  const letters = () => client.deadLetters.filter((letter) => letter.room === room);
  return {
    /** Asks for it once more, with all that was said there. */
    again: () =>
      act(async () => {
        for (const { clientMessageId } of letters()) await commands.resend(room, clientMessageId);
      }),
    remove: () =>
      act(async () => {
        go({ kind: 'rooms' }, { replace: true });
        for (const { clientMessageId } of letters()) await commands.discard(room, clientMessageId);
      }),
  };
}
