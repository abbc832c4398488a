import type { Message } from '@maru/client';
import { EllipsisVertical } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, memo, useId, useState } from 'react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import { useLongPress } from '../ui/use-long-press.ts';
import { useConversation } from './conversation-context.ts';
import { FailedLine } from './failed-line.tsx';
import { MessageMeta } from './message-meta.tsx';
import { MessageText } from './message-text.tsx';
import { QuoteBlock } from './quote-block.tsx';
import { ReactionRow } from './reaction-row.tsx';
import { WaitingLine } from './waiting-line.tsx';

interface MessageRowProps {
  readonly message: Message;
  readonly first: boolean;
  readonly last: boolean;
  /** Whether it was jumped to just now. */
  readonly lit: boolean;
}

/** One message: a bubble, at whose side it stands saying whose it is. */
export const MessageRow = memo(function MessageRow({ message, first, last, lit }: MessageRowProps) {
  const { roomKind, openMenu, reply, edit } = useConversation();
  const own = message.state !== 'received';
  const showsPerson = roomKind === 'group' && !own;
  const id = useId();
  const { t } = useTexts();
  const { user } = useClient();
  const person = usePerson(message.sender);
  const longPress = useLongPress((place) => openMenu(message, place));
  const menu = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('a') !== null) return;
    event.preventDefault();
    openMenu(message, { x: event.clientX, y: event.clientY });
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { key, currentTarget: article } = event;
    if (event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Enter' || key === 'ContextMenu') {
      const { left, top } = (article.querySelector('[data-bubble]') ?? article).getBoundingClientRect();
      openMenu(message, { x: left + 24, y: top + 24, back: article });
    } else if (isGone(message)) return;
    else if (key === 'r') reply(message);
    else if (key === 'e' && own) edit(message);
    else return;
    event.preventDefault();
  };
  return (
    <article
      // The list moves the focus from one message to the next.
      tabIndex={-1}
      id={id}
      // Read out as one: who, then what was said and when.
      aria-label={message.sender === user ? t('person.you') : personName(person, t)}
      aria-labelledby={`${id} ${id}-said`}
      onKeyDown={press}
      className={`group mx-auto flex w-full max-w-224 items-end gap-2 px-3 md:px-5 ${own ? 'flex-row-reverse' : ''} ${first ? 'pt-2.5' : 'pt-0.5'} ${lit ? 'bg-selected' : ''} outline-none transition-colors focus-visible:bg-selected`}
      data-seq={message.seq}
      data-key={message.key}
    >
      {showsPerson && (last ? <SenderPicture message={message} /> : <span className="w-8 shrink-0" />)}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what the menu offers is behind the button beside it, too. */}
      <div
        {...longPress}
        data-bubble=""
        onContextMenu={menu}
        className={`relative min-w-0 max-w-[min(80%,36rem)] px-3 pt-1.5 pb-2 shadow-bubble ${own ? 'bg-own text-own-ink' : 'bg-other text-ink'} ${cornersOf(own, first, last)}`}
      >
        <Bubble id={`${id}-said`} message={message} names={first && !own && roomKind !== 'direct'} />
      </div>
      <Beside message={message} own={own} />
    </article>
  );
});

/** Round, but for where it joins the bubbles of the same person. */
function cornersOf(own: boolean, first: boolean, last: boolean): string {
  const [above, below] = own
    ? ['rounded-se-joint', 'rounded-ee-joint']
    : ['rounded-ss-joint', 'rounded-es-joint'];
  return `rounded-bubble ${first ? '' : above} ${last ? '' : below}`;
}

function SenderPicture({ message: { sender } }: { readonly message: Message }) {
  const { t } = useTexts();
  const person = usePerson(sender);
  return <Avatar id={sender} name={personName(person, t)} picture={person?.avatar} size="small" />;
}

function SenderName({ message: { sender } }: { readonly message: Message }) {
  const { t } = useTexts();
  const { roomKind } = useConversation();
  const person = usePerson(sender);
  // Readers of a channel are not told who writes there.
  if (roomKind === 'channel' && person?.name === undefined) return null;
  return <bdi className="block truncate font-semibold text-link text-small">{personName(person, t)}</bdi>;
}

interface BubbleProps {
  /** Of what was said. */
  readonly id: string;
  readonly message: Message;
  readonly names: boolean;
}

function Bubble({ id, message, names }: BubbleProps) {
  const { t } = useTexts();
  const [isUnfolded, setUnfolded] = useState(false);
  const { content, expired, folded } = message;
  if (folded && !isUnfolded) {
    return (
      <button
        id={id}
        type="button"
        onClick={() => setUnfolded(true)}
        className="-mt-1.5 -mb-2 min-h-10 text-start text-soft italic"
      >
        {t('message.folded')}
      </button>
    );
  }
  return (
    <>
      {names && <SenderName message={message} />}
      {message.forwarded !== undefined && <Forwarded from={message.forwarded} />}
      {message.quote !== undefined && !isGone(message) && <QuoteBlock quote={message.quote} />}
      <div
        id={id}
        className="flow-root overflow-clip whitespace-pre-wrap [overflow-clip-margin:0.25rem] [unicode-bidi:isolate]"
        dir="auto"
      >
        {content === undefined || isGone(message) ? (
          <em className="opacity-75">{t(expired ? 'message.expired' : 'message.deleted')}</em>
        ) : (
          <MessageText message={message} content={content} />
        )}
        {/* For who hears or copies it: the text and the time are two words. */}{' '}
        <MessageMeta message={message} />
      </div>
      {!isGone(message) && <ReactionRow message={message} />}
      {message.waiting !== undefined && <WaitingLine waiting={message.waiting} />}
      {message.state === 'failed' && <FailedLine message={message} />}
    </>
  );
}

function isGone({ deleted, expired, content }: Message): boolean {
  return deleted || expired || content === undefined;
}

function Forwarded({ from: { sender } }: { readonly from: NonNullable<Message['forwarded']> }) {
  const { t } = useTexts();
  const person = usePerson(sender);
  const text =
    sender === undefined
      ? t('message.forwarded')
      : t('message.forwardedFrom', { name: personName(person, t) });
  return <p className="truncate text-small italic opacity-80">{text}</p>;
}

/** What stands beside a bubble: by how many it was not read, and, under the pointer, the way to the menu. */
function Beside({ message, own }: { readonly message: Message; readonly own: boolean }) {
  const { t } = useTexts();
  const { openMenu } = useConversation();
  const { unreadBy, deleted } = message;
  return (
    <span className={`flex items-center gap-1 self-end pb-1 ${own ? 'flex-row-reverse' : ''}`}>
      {unreadBy !== undefined && unreadBy > 0 && !deleted && (
        <span className="text-link text-tiny tabular-nums" title={t('message.unreadBy', { count: unreadBy })}>
          <span aria-hidden="true">{unreadBy}</span>
          <span className="sr-only">{t('message.unreadBy', { count: unreadBy })}</span>
        </span>
      )}
      <button
        type="button"
        aria-label={t('message.menu')}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          openMenu(message, { x: left, y: bottom });
        }}
        className="flex size-7 items-center justify-center rounded-full text-soft opacity-0 transition-opacity hover:bg-hover focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:hidden"
      >
        <EllipsisVertical size={17} aria-hidden="true" />
      </button>
    </span>
  );
}
