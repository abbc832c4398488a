import type { RoomSnapshot } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { Clock } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { usePerson } from '../state/use-person.ts';
import { previewOf } from './preview.ts';

interface PreviewLineProps {
  readonly room: RoomSnapshot;
  /** Whether it is the conversation that is shown. */
  readonly open: boolean;
}

/** The second line of a conversation in a list: who, and what. */
export function PreviewLine({ room, open }: PreviewLineProps) {
  const { t } = useTexts();
  const client = useClient();
  const sender = usePerson(room.latest?.sender);
  const person = (user: UserId) => (user === sender?.user ? sender : client.person(user));
  const { kind, by, text, waits } = previewOf(room, { t, client, person, open });
  const colour = kind === 'typing' ? 'text-link' : kind === 'note' ? 'text-faint' : 'text-soft';
  return (
    <span className={`min-w-0 grow truncate ${colour}`}>
      {waits === true && (
        <Clock size={12} className="me-1 inline-block align-baseline" aria-label={t('message.pending')} />
      )}
      {by !== undefined && (
        <span className={kind === 'draft' || kind === 'refused' ? 'text-danger' : ''}>
          <bdi>{by}</bdi>:{' '}
        </span>
      )}
      <bdi>{text}</bdi>
    </span>
  );
}
