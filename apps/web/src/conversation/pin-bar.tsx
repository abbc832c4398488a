import type { RoomSnapshot } from '@maru/client';
import { List, Pin } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useConversation } from './conversation-context.ts';
import { quoteText } from './quote-text.ts';

/** The pinned messages, one at a time, the newest first: a press goes to it and brings the next one up. */
export function PinBar({ snapshot: { pins } }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { goTo, openPanel } = useConversation();
  const [turn, setTurn] = useState(0);
  const at = pins.length === 0 ? 0 : turn % pins.length;
  const pin = pins[at];
  if (pin === undefined) return null;
  const press = () => {
    goTo(pin.seq);
    setTurn(at + 1);
  };
  return (
    <div className="flex shrink-0 items-center border-line border-b bg-surface pe-2">
      <button
        type="button"
        onClick={press}
        className="flex h-11 min-w-0 grow items-center gap-2.5 px-4 text-start text-small hover:bg-hover md:px-5"
      >
        <Pin size={16} aria-hidden="true" className="shrink-0 text-accent" />
        <span className="min-w-0 grow">
          <span className="block font-semibold text-link text-tiny">
            {t('pin.title', { at: at + 1, count: pins.length })}
          </span>
          <bdi className="block truncate">{quoteText(pin, t)}</bdi>
        </span>
      </button>
      <IconButton icon={List} label={t('pin.all')} onClick={() => openPanel({ kind: 'pins' })} />
    </div>
  );
}
