import type { Message, RoomSnapshot } from '@maru/client';
import type { Seq, UserId } from '@maru/protocol';
import { type ReactNode, useCallback } from 'react';
import { personName } from '../../i18n/room-title.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { useClient } from '../../state/client-context.tsx';
import { useLoaded } from '../../state/use-loaded.ts';
import { useLookUp, usePerson } from '../../state/use-person.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PanelBody } from './panel-body.tsx';

interface DetailsPanelProps {
  readonly message: Message;
  readonly seq: Seq;
  readonly snapshot: RoomSnapshot;
  readonly onClose: () => void;
}

/** Who has put what on a message, and who has read it. */
export function DetailsPanel({ message, seq, snapshot: { room }, onClose }: DetailsPanelProps) {
  const { t } = useTexts();
  const client = useClient();
  const { sender } = message;
  const hasReactions = message.reactions.length > 0;
  const load = useCallback(async () => {
    const [receipts, reactions] = await Promise.all([
      client.receipts(room),
      hasReactions ? client.reactions(room, seq) : { reactions: [] },
    ]);
    return { marks: receipts.marks.filter(({ user }) => user !== sender), ...reactions };
  }, [client, hasReactions, room, sender, seq]);
  const loaded = useLoaded(load);
  const { marks = [], reactions = [] } = loaded.value ?? {};
  useLookUp([...marks.map(({ user }) => user), ...reactions.flatMap(({ users }) => users)]);
  const readers = marks.filter(({ read }) => read >= seq);
  const others = marks.filter(({ read }) => read < seq);
  return (
    <Panel title={t('details.title')} onClose={onClose}>
      <PanelBody loaded={loaded}>
        {reactions.map(({ reaction, count, users }) => (
          <Group key={reaction} title={<span className="font-emoji text-title">{reaction}</span>}>
            {users.map((user) => (
              <Line key={user} user={user} />
            ))}
            {count > users.length && (
              <li className="py-1 text-small text-soft">
                {t('details.others', { count: count - users.length })}
              </li>
            )}
          </Group>
        ))}
        <Group title={t('details.read', { count: readers.length })}>
          {readers.map(({ user }) => (
            <Line key={user} user={user} />
          ))}
        </Group>
        {others.length > 0 && (
          <Group title={t('details.unread', { count: others.length })}>
            {others.map(({ user, delivered }) => (
              <Line key={user} user={user} text={delivered >= seq ? t('details.delivered') : undefined} />
            ))}
          </Group>
        )}
      </PanelBody>
    </Panel>
  );
}

function Group({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="mb-3">
      <h3 className="font-semibold text-small text-soft">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function Line({ user, text }: { readonly user: UserId; readonly text?: string | undefined }) {
  const { t } = useTexts();
  const { user: me } = useClient();
  const person = usePerson(user);
  const name = user === me ? t('person.you') : personName(person, t);
  return (
    <li className="flex min-h-11 items-center gap-3">
      <Avatar id={user} name={personName(person, t)} picture={person?.avatar} size="small" />
      <bdi className="min-w-0 grow truncate">{name}</bdi>
      {text !== undefined && <span className="text-small text-soft">{text}</span>}
    </li>
  );
}
