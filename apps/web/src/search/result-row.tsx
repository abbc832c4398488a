import { type ReactNode, useEffect, useRef } from 'react';
import { personName, roomTitle } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useNow } from '../state/use-now.ts';
import { usePerson } from '../state/use-person.ts';
import { useRoom } from '../state/use-room.ts';
import { Avatar } from '../ui/avatar.tsx';
import type { Hit } from './search-index.ts';
import type { Result } from './search-results.ts';
import { snippetOf } from './snippet.ts';

interface ResultRowProps {
  readonly id: string;
  readonly result: Result;
  readonly query: string;
  /** Whether Enter goes there. */
  readonly chosen: boolean;
  /** Where a kind of results begins. */
  readonly title: Result['kind'] | undefined;
  /** Whether all are of one conversation. */
  readonly inRoom: boolean;
  readonly onTake: () => void;
}

/** Something that was found. */
export function ResultRow({ id, result, query, chosen, title, inRoom, onTake }: ResultRowProps) {
  const { t } = useTexts();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <>
      {title !== undefined && !inRoom && (
        <p role="presentation" className="px-3 pt-2.5 pb-1 font-semibold text-small text-soft">
          {t(`search.kind.${title}`)}
        </p>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen one. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys. */}
      <div
        ref={row}
        id={id}
        role="option"
        aria-selected={chosen}
        onClick={onTake}
        className={`flex min-h-13 cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 ${chosen ? 'bg-selected' : 'hover:bg-hover'}`}
      >
        {result.kind === 'message' ? (
          <MessageResult hit={result.hit} query={query} inRoom={inRoom} />
        ) : (
          <PlaceResult result={result} />
        )}
      </div>
    </>
  );
}

function PlaceResult({ result }: { readonly result: Exclude<Result, { kind: 'message' }> }) {
  const peer = usePerson(result.kind === 'room' ? result.summary.peer : result.person.user);
  const name = result.kind === 'room' ? result.title : result.name;
  const isGroup = result.kind === 'room' && result.summary.roomKind !== 'direct';
  return (
    <>
      <Avatar
        id={peer?.user ?? (result.kind === 'room' ? result.summary.room : result.person.user)}
        name={name}
        picture={result.kind === 'room' && !result.summary.loadsRemote ? undefined : peer?.avatar}
        size="small"
        group={isGroup}
      />
      <bdi className="min-w-0 truncate font-medium">{name}</bdi>
      {peer?.handle !== undefined && (
        <span className="truncate text-small text-soft" dir="ltr">
          @{peer.handle}
        </span>
      )}
    </>
  );
}

interface MessageResultProps {
  readonly hit: Hit;
  readonly query: string;
  readonly inRoom: boolean;
}

function MessageResult({ hit: { room, sender, at, text }, query, inRoom }: MessageResultProps) {
  const { t, moments } = useTexts();
  const client = useClient();
  const { user } = client;
  const now = useNow();
  const snapshot = useRoom(room);
  const folded = snapshot?.roomKind !== 'direct' && client.isBlocked(sender);
  const peer = usePerson(snapshot?.peer);
  const person = usePerson(sender);
  const name = sender === user ? t('person.you') : personName(person, t);
  const place: ReactNode = snapshot !== undefined && !inRoom && snapshot.roomKind !== 'direct' && (
    <span className="truncate text-soft">
      <bdi>{roomTitle(snapshot, peer, t)}</bdi>
    </span>
  );
  return (
    <>
      <Avatar id={sender} name={personName(person, t)} picture={person?.avatar} size="small" />
      <div className="min-w-0 grow">
        <p className="flex gap-2 text-small">
          <bdi className="max-w-1/2 shrink-0 truncate font-semibold">{name}</bdi>
          {place}
          <time className="ms-auto shrink-0 text-faint">{moments.short(at, now)}</time>
        </p>
        <p className="truncate" dir="auto">
          {snippetOf(folded ? t('quote.folded') : text, folded ? '' : query).map((part, index) => {
            const key = `${index} ${part.text}`;
            return part.hit ? (
              <mark key={key} className="bg-transparent font-semibold text-link">
                {part.text}
              </mark>
            ) : (
              <span key={key}>{part.text}</span>
            );
          })}
        </p>
      </div>
    </>
  );
}
