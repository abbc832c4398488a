import type { ReportDetails } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';

/** What the user can do about somebody, each with the way back where there is one. */
export function useRelationActs(peer: UserId, name: string) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  return {
    request: (note?: string) =>
      act(() => commands.request(peer, note), {
        said: t('relation.requested', { name }),
        undo: () => void act(() => commands.cancel(peer)),
      }),
    accept: () => act(() => commands.accept(peer), { said: t('relation.accepted', { name }) }),
    refuse: () => act(() => commands.refuse(peer), { said: t('relation.refused', { name }) }),
    cancel: () => act(() => commands.cancel(peer), { said: t('relation.cancelled') }),
    remove: () => act(() => commands.removeContact(peer), { said: t('relation.removed', { name }) }),
    block: (report?: ReportDetails) =>
      act(() => commands.block(peer, report), {
        said: t(report === undefined ? 'relation.blocked' : 'relation.reported', { name }),
        undo: () => void act(() => commands.unblock(peer)),
      }),
    unblock: () => act(() => commands.unblock(peer), { said: t('relation.unblocked', { name }) }),
  };
}
