import type { Message } from '@maru/client';
import { type AnyContent, countCodePoints } from '@maru/protocol';
import { memo, useEffect, useMemo, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { entitiesOf, plainText } from '../rooms/plain-text.ts';
import { useClient } from '../state/client-context.tsx';
import { useConversation } from './conversation-context.ts';
import { foldedText, isLong } from './folded-text.ts';
import { RichText } from './rich-text.tsx';
import { segmentsOf, segmentText } from './segments.ts';
import { type TextSlice, textSlices } from './text-slices.ts';

/** Slices of a whole text that are added at a time. */
const SLICES_AT_ONCE = 2;

/** What a message says, folded where it is long. */
export function MessageText({
  message,
  content,
}: {
  readonly message: Message;
  readonly content: AnyContent;
}) {
  const { t } = useTexts();
  const [whole, setWhole] = useState<AnyContent>();
  const text = plainText(whole ?? content);
  if (text === undefined) return <em className="opacity-80">{t('message.unknown')}</em>;
  const long = 'long' in content ? (content.long as { codePoints?: number }) : undefined;
  if (whole !== undefined) return <WholeText content={whole} text={text} />;
  if (long === undefined && !isLong(text)) return <RichText segments={segmentsOf(content, text)} />;
  const count = long?.codePoints ?? countCodePoints(text);
  return (
    <>
      <RichText segments={beginningOf(content, text)} />…{' '}
      <ShowAll
        message={message}
        count={count}
        given={long === undefined ? content : undefined}
        onShow={setWhole}
      />
    </>
  );
}

interface ShowAllProps {
  readonly message: Message;
  readonly count: number;
  /** What it says, where it is here. */
  readonly given: AnyContent | undefined;
  readonly onShow: (content: AnyContent) => void;
}

function ShowAll({ message: { seq }, count, given, onShow }: ShowAllProps) {
  const { t } = useTexts();
  const client = useClient();
  const { room } = useConversation();
  const [error, setError] = useState<string>();
  const show = async () => {
    setError(undefined);
    try {
      if (given !== undefined) onShow(given);
      else if (seq !== undefined) onShow(await client.openBody(room, seq));
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  return (
    <>
      <button type="button" onClick={() => void show()} className="block min-h-10 font-semibold text-link">
        {t('message.showAll', { count })}
      </button>
      {error !== undefined && (
        <span role="alert" className="block text-danger text-small">
          {error}
        </span>
      )}
    </>
  );
}

/** A long text, slice by slice: between two of them the browser does what else there is to do. */
function WholeText({ content, text }: { readonly content: AnyContent; readonly text: string }) {
  const slices = useMemo(() => textSlices(text, entitiesOf(content)), [content, text]);
  const [shown, setShown] = useState(SLICES_AT_ONCE);
  useEffect(() => {
    if (shown >= slices.length) return;
    const timer = setTimeout(() => setShown(shown + SLICES_AT_ONCE));
    return () => clearTimeout(timer);
  }, [shown, slices.length]);
  return slices.slice(0, shown).map((slice) => <Slice key={slice.from} slice={slice} />);
}

const Slice = memo(function Slice({ slice: { text, entities } }: { readonly slice: TextSlice }) {
  return (
    <span className="block min-h-lh [contain-intrinsic-size:auto_60rem] [content-visibility:auto]">
      <RichText segments={segmentText(text, entities)} />
    </span>
  );
});

/** The beginning of a text with its looks. */
function beginningOf(content: AnyContent, text: string) {
  const beginning = foldedText(text);
  const [slice] = textSlices(beginning, entitiesOf(content), beginning.length + 1);
  return slice === undefined ? [] : segmentText(slice.text, slice.entities);
}
