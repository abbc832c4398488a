import type { Relation, RoomSnapshot } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useRelationActs } from '../people/use-relation-acts.ts';
import { usePerson } from '../state/use-person.ts';
import { Button } from '../ui/button.tsx';

/** Between strangers: what the other one wants, and what can be done about it. */
export function RequestBar({ snapshot: { relation, peer } }: { readonly snapshot: RoomSnapshot }) {
  return peer === undefined || relation === undefined ? null : <Ways peer={peer} state={relation.state} />;
}

function Ways({ peer, state }: { readonly peer: UserId; readonly state: Relation['state'] }) {
  const { t } = useTexts();
  const name = personName(usePerson(peer), t);
  const acts = useRelationActs(peer, name);
  switch (state) {
    case 'requested-by-them':
    case 'stranger':
      return (
        <section className="flex flex-wrap items-center justify-center gap-2 border-line border-t bg-surface px-4 py-3">
          <p className="w-full text-center text-soft">{t(`request.why.${state}`, { name })}</p>
          <Button look="primary" onClick={() => void acts.accept()}>
            {t('request.accept')}
          </Button>
          <Button onClick={() => void acts.refuse()}>{t('request.refuse')}</Button>
          <Button look="danger" onClick={() => void acts.block()}>
            {t('request.block')}
          </Button>
        </section>
      );
    case 'blocked':
      return (
        <section className="flex flex-wrap items-center justify-center gap-3 border-line border-t bg-surface px-4 py-3">
          <p className="text-soft">{t('request.blocked', { name })}</p>
          <Button onClick={() => void acts.unblock()}>{t('request.unblock')}</Button>
        </section>
      );
    default:
      return null;
  }
}
