import type { Quote } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import { Star, StarOff } from 'lucide-react';
import { useState } from 'react';
import { quoteText } from '../conversation/quote-text.ts';
import { personName, roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { useLookUp, usePerson } from '../state/use-person.ts';
import { useRoom } from '../state/use-room.ts';
import { wantMessage } from '../state/wanted-message.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';

/** So many more at a time: each that is not on the device is asked for. */
const SHOWN_STEP = 50;

/** The messages that the user has starred, by conversation, the newest first. A press goes to one. */
export function StarredPane({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTexts();
  const client = useClient();
  const rooms = useClientValue((one) => one.allRooms);
  const [count, setCount] = useState(SHOWN_STEP);
  const all = rooms.flatMap(({ room }) => {
    const stars = client.room(room)?.stars ?? [];
    return stars.toReversed().map((seq) => ({ room, seq }));
  });
  const shown = all.slice(0, count);
  const byRoom = Map.groupBy(shown, ({ room }) => room);
  return (
    <>
      <PaneHeader title={t('starred.title')} onBack={onBack} />
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-3 pt-1 pb-6">
        {all.length === 0 && (
          <EmptyState icon={Star} title={t('starred.emptyTitle')} text={t('starred.emptyText')} />
        )}
        {[...byRoom].map(([room, stars]) => (
          <RoomStars key={room} room={room} stars={stars.map(({ seq }) => seq)} />
        ))}
        {all.length > shown.length && (
          <Button look="plain" onClick={() => setCount(count + SHOWN_STEP)}>
            {t('starred.more', { count: all.length - shown.length })}
          </Button>
        )}
      </div>
    </>
  );
}

function RoomStars({ room, stars }: { readonly room: RoomId; readonly stars: readonly Seq[] }) {
  const { t } = useTexts();
  const client = useClient();
  // It changes when a message comes, or is edited.
  const snapshot = useRoom(room);
  const peer = usePerson(snapshot?.peer);
  const quotes = stars.map((seq) => client.quote(room, seq));
  useLookUp(quotes.flatMap((quote) => ('sender' in quote ? quote.sender : [])));
  if (snapshot === undefined) return null;
  const title = roomTitle(snapshot, peer, t);
  return (
    <section aria-label={title}>
      <h2 className="truncate px-2 pb-1 font-semibold text-small text-soft">
        <bdi>{title}</bdi>
      </h2>
      <ul className="flex flex-col gap-1.5">
        {quotes.map((quote) => (
          <StarItem key={quote.seq} room={room} quote={quote} />
        ))}
      </ul>
    </section>
  );
}

function StarItem({ room, quote }: { readonly room: RoomId; readonly quote: Quote }) {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const { seq } = quote;
  const sender = 'sender' in quote ? quote.sender : undefined;
  const person = usePerson(sender);
  const take = () => {
    wantMessage({ room, seq });
    go({ kind: 'room', room });
  };
  const unstar = () =>
    act(() => client.settings.star(room, seq, false), {
      said: t('starred.unstarred'),
      undo: () => void act(() => client.settings.star(room, seq)),
    });
  return (
    <li className="flex items-center rounded-control bg-field pe-1">
      <button
        type="button"
        onClick={take}
        disabled={quote.kind === 'hidden'}
        className="min-h-13 min-w-0 grow rounded-control px-3 py-2 text-start -outline-offset-2 enabled:hover:bg-hover"
      >
        {sender !== undefined && (
          <bdi className="block truncate font-semibold text-link text-small">
            {sender === client.user ? t('person.you') : personName(person, t)}
          </bdi>
        )}
        <span className="line-clamp-3" dir="auto">
          {quoteText(quote, t)}
        </span>
      </button>
      <IconButton icon={StarOff} label={t('message.unstar')} onClick={() => void unstar()} />
    </li>
  );
}
