import type { MaruClient } from '@maru/client';
import type { LinkCode, RoomId } from '@maru/protocol';
import { useEffect, useState } from 'react';
import { errorText, refusalText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/overlay-store.ts';
import { Sheet } from '../ui/sheet.tsx';

type Link = Awaited<ReturnType<MaruClient['lookAtLink']>>;

/** How long a room may take to arrive after somebody was let in. */
const ROOM_COMES_MS_MAX = 10_000;

interface JoinSheetProps {
  readonly code: LinkCode;
  /** Whether to go in without a question: of who signed up by the link. */
  readonly atOnce: boolean;
  /** It is done, or not wanted. `room`: where the user is now. */
  readonly onDone: (room?: RoomId) => void;
}

/** What a link leads into, before one goes in. */
export function JoinSheet({ code, atOnce, onDone }: JoinSheetProps) {
  const { t } = useTexts();
  const client = useClient();
  const [link, setLink] = useState<Link>();
  const [error, setError] = useState<string>();
  const [isJoining, setJoining] = useState(false);
  const join = async ({ room, name, approval }: Link) => {
    setJoining(true);
    try {
      const sending = await client.commands.join(code);
      const outcome = await sending.outcome();
      if (outcome.kind === 'failed') {
        // It is said here, and has no place in the list of what was refused.
        await client.commands.discard(sending.room, sending.clientMessageId);
        setError(refusalText(outcome.error, t));
        setJoining(false);
      } else if (approval) {
        say(t('link.asked', { room: name }));
        onDone();
      } else {
        await client.until(() => client.room(room) !== undefined, AbortSignal.timeout(ROOM_COMES_MS_MAX));
        onDone(room);
      }
    } catch (reason) {
      setError(errorText(reason, t));
      setJoining(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each link, whatever else changes.
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      try {
        await client.online();
        const found = await client.lookAtLink(code);
        if (isOver) return;
        if (found.standing === 'member') return onDone(found.room);
        setLink(found);
        if (atOnce) await join(found);
      } catch (reason) {
        if (!isOver) setError(errorText(reason, t));
      }
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [client, code]);
  if (link === undefined && error === undefined) return null;
  const isAsked = link?.standing === 'requested';
  const hasDescription = link?.description !== undefined && link.description !== '';
  return (
    <Sheet title={t(link === undefined ? 'link.failed' : 'link.title')} onClose={() => onDone()}>
      {link !== undefined && (
        <div className="flex flex-col items-center gap-1 text-center">
          <Avatar id={link.room} name={link.name} group size="large" />
          <p className="mt-2 font-semibold text-title">
            <bdi>{link.name}</bdi>
          </p>
          <p className="text-small text-soft">{t('links.people', { count: link.memberCount })}</p>
          {hasDescription && (
            <p className="mt-2 w-full whitespace-pre-wrap rounded-panel bg-field px-4 py-2.5 text-start">
              <bdi>{link.description}</bdi>
            </p>
          )}
        </div>
      )}
      {error !== undefined && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      {link === undefined && <Button onClick={() => onDone()}>{t('action.close')}</Button>}
      {isAsked && <p className="text-center text-soft">{t('link.asked', { room: link.name })}</p>}
      {link !== undefined && !isAsked && (
        <>
          {link.approval && <p className="text-center text-small text-soft">{t('link.approval')}</p>}
          <Button look="primary" disabled={isJoining} onClick={() => void join(link)}>
            {t(link.approval ? 'link.ask' : 'link.join')}
          </Button>
        </>
      )}
    </Sheet>
  );
}
