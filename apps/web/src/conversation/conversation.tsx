import type { Message, RoomSnapshot } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import { MessagesSquare } from 'lucide-react';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { Composer } from '../composer/composer.tsx';
import { type Purpose, purposeOf } from '../composer/purpose.ts';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { pacedChanges } from '../state/paced-changes.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { useRoom } from '../state/use-room.ts';
import { useWantedMessage, wantMessage } from '../state/wanted-message.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { fetchWhenIdle, lazy } from '../ui/lazy.ts';
import type { MenuPlace } from '../ui/menu-at.tsx';
import { say } from '../ui/overlay-store.ts';
import { Announcer } from './announcer.tsx';
import { type ConversationActions, ConversationContext } from './conversation-context.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { MessageList } from './message-list.tsx';
import type { PanelChoice } from './panels/panel-choice.ts';
import { PinBar } from './pin-bar.tsx';
import { RequestBar } from './request-bar.tsx';
import { useOpenedRoom } from './use-opened-room.ts';

const MessageMenu = lazy(async () => ({ default: (await import('./message-menu.tsx')).MessageMenu }));
const ConversationPanel = lazy(async () => {
  return { default: (await import('./panels/conversation-panel.tsx')).ConversationPanel };
});
fetchWhenIdle([MessageMenu, ConversationPanel]);

/** One room: who is in it, what was said, and where one writes. */
export function Conversation({ room }: { readonly room: RoomId }) {
  const snapshot = useRoom(room);
  const isSynced = useClientValue(({ connection }) => connection.state === 'online');
  const { t } = useTexts();
  if (snapshot !== undefined) return <OpenConversation snapshot={snapshot} />;
  if (!isSynced) return <div aria-busy="true" className="grow" />;
  return (
    <div className="m-auto">
      <EmptyState alone icon={MessagesSquare} title={t('room.gone')} text={t('room.goneText')}>
        <Button look="primary" onClick={() => go({ kind: 'rooms' }, { replace: true })}>
          {t('action.back')}
        </Button>
      </EmptyState>
    </div>
  );
}

function OpenConversation({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { room, roomKind, membership } = snapshot;
  const client = useClient();
  const { t } = useTexts();
  const isMade = membership !== 'creating';
  const opened = useOpenedRoom(room, isMade);
  const [menu, setMenu] = useState<{ message: Message; place: MenuPlace }>();
  const [panel, setPanel] = useState<PanelChoice>();
  const [target, setTarget] = useState<{ seq: Seq }>();
  const [ends, setEnds] = useState(0);
  const [purpose, setPurpose] = useState<Purpose>(() => purposeOf(snapshot.draft));
  useMembers(snapshot);
  const actions = useMemo((): ConversationActions => {
    const goTo = async (seq: Seq) => {
      const isHere = client.room(room)?.messages.some((message) => message.seq === seq) === true;
      try {
        if (!isHere && !(await client.jumpTo(room, seq))) return;
        pacedChanges(client).flush();
        setTarget({ seq });
      } catch (error) {
        say(errorText(error, t), { failed: true });
      }
    };
    return {
      room,
      roomKind,
      openMenu: (message, place) => setMenu({ message, place }),
      goTo: (seq) => void goTo(seq),
      reply: (message) => message.seq !== undefined && setPurpose({ kind: 'reply', seq: message.seq }),
      edit: (message) => message.seq !== undefined && setPurpose({ kind: 'edit', seq: message.seq }),
      openPanel: setPanel,
    };
  }, [client, room, roomKind, t]);
  useWanted(room, opened !== undefined, actions.goTo);
  return (
    <ConversationContext value={actions}>
      <ConversationHeader snapshot={snapshot} />
      <PinBar snapshot={snapshot} />
      {opened === undefined && isMade ? (
        <div aria-busy="true" className="grow" />
      ) : (
        <div className="flex min-h-0 grow flex-col">
          <MessageList snapshot={snapshot} newAfter={opened?.newAfter} target={target} ends={ends} />
        </div>
      )}
      {opened !== undefined && <Announcer snapshot={snapshot} />}
      <RequestBar snapshot={snapshot} />
      <Composer
        snapshot={snapshot}
        purpose={purpose}
        onPurpose={setPurpose}
        onSent={() => setEnds((times) => times + 1)}
      />
      {menu !== undefined && (
        <Suspense>
          <MessageMenu {...menu} snapshot={snapshot} onClose={() => setMenu(undefined)} />
        </Suspense>
      )}
      {panel !== undefined && (
        <Suspense>
          <ConversationPanel choice={panel} snapshot={snapshot} onClose={() => setPanel(undefined)} />
        </Suspense>
      )}
    </ConversationContext>
  );
}

/** Learns who is in a group: for its mentions, its header and who is there. */
function useMembers({ room, roomKind, membership }: RoomSnapshot): void {
  const client = useClient();
  const isOnline = useClientValue(({ connection }) => connection.state === 'online');
  useEffect(() => {
    if (roomKind !== 'group' || membership !== 'member' || !isOnline) return;
    // Without them the conversation is as good as it was.
    client.loadMembers(room).catch(() => undefined);
  }, [client, isOnline, membership, room, roomKind]);
}

/** Shows the message that a search has found, once its conversation is here. */
function useWanted(room: RoomId, isHere: boolean, goTo: (seq: Seq) => void): void {
  const wanted = useWantedMessage();
  useEffect(() => {
    if (!isHere || wanted?.room !== room) return;
    wantMessage(undefined);
    goTo(wanted.seq);
  }, [goTo, isHere, room, wanted]);
}
