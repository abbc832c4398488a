import type { RoomSnapshot } from '@maru/client';
import { type KeyboardEvent, Suspense, useId, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { withTexts } from '../i18n/with-texts.ts';
import { usePreferences } from '../state/preferences.ts';
import { fetchWhenIdle, lazy } from '../ui/lazy.ts';
import type { ComposerPanel } from './composer-panels.tsx';
import { Above, Beside, Offers, SendButton } from './composer-parts.tsx';
import { isSendKey, isTaken } from './is-send-key.ts';
import type { Purpose } from './purpose.ts';
import { useComposer } from './use-composer.ts';
import { insertAtCursor } from './use-format.ts';
import { whyClosed } from './why-closed.ts';
import { formatOfKey } from './wrapped.ts';

const ComposerPanels = lazy(async () => {
  return { default: (await import('./composer-panels.tsx')).ComposerPanels };
});
const RefusedRoom = lazy(async () => {
  return { default: (await withTexts(import('../refused/refused-room.tsx'))).RefusedRoom };
});
fetchWhenIdle([ComposerPanels]);

interface ComposerProps {
  readonly snapshot: RoomSnapshot;
  readonly purpose: Purpose;
  readonly onPurpose: (purpose: Purpose) => void;
  /** What was sent stands at the end of the conversation. */
  readonly onSent: () => void;
}

/** Where one writes; where one may not, it says why. */
export function Composer(props: ComposerProps) {
  const { t } = useTexts();
  const closed = whyClosed(props.snapshot);
  if (closed === 'blocked') return null;
  if (closed === 'refused') {
    return (
      <Suspense>
        <RefusedRoom snapshot={props.snapshot} />
      </Suspense>
    );
  }
  if (closed !== undefined) {
    return (
      <p className="border-line border-t bg-surface px-4 py-3.5 text-center text-soft">
        {t(`composer.closed.${closed}`)}
      </p>
    );
  }
  return <OpenComposer {...props} />;
}

/** On a phone Enter is the only way to a new line. */
const hasKeyboard = !matchMedia('(pointer: coarse) and (hover: none)').matches;

function OpenComposer({ snapshot, purpose, onPurpose, onSent }: ComposerProps) {
  const { t } = useTexts();
  const id = useId();
  const enterSends = usePreferences().sendKey === 'enter' && hasKeyboard;
  const composer = useComposer(snapshot, purpose, onPurpose, onSent);
  const [panel, setPanel] = useState<ComposerPanel>();
  const { mentions, replies, format, field, error, canSend } = composer;
  const offer = mentions.offer ?? replies.offer;
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, keyCode, shiftKey, ctrlKey, metaKey } = event;
    const { isComposing } = event.nativeEvent;
    if (isTaken({ keyCode, isComposing })) return;
    const look = formatOfKey(event);
    if (mentions.press(key) || replies.press(key)) event.preventDefault();
    else if (isSendKey({ key, keyCode, shiftKey, ctrlKey, metaKey, isComposing }, enterSends)) {
      event.preventDefault();
      void composer.send();
    } else if (look !== undefined) {
      event.preventDefault();
      format.format(look);
    } else if (key === 'Escape' && purpose.kind !== 'message') composer.cancel();
    else if (key === 'ArrowUp' && composer.editLast()) event.preventDefault();
  };
  const putIn = (emoji: string) => {
    setPanel(undefined);
    if (field.element.current !== null) insertAtCursor(field.element.current, emoji);
  };
  return (
    <section className="shrink-0 border-line border-t bg-surface px-2 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] md:px-5">
      <div className="relative mx-auto max-w-214">
        <Offers id={id} mentions={mentions} replies={replies} format={format} />
        <Above
          {...{ snapshot, purpose, error }}
          timer={composer.timer}
          onTimerOff={() => composer.setTimer(undefined)}
          onCancel={composer.cancel}
        />
        <div className="flex items-end gap-0.5">
          <Beside
            {...{ snapshot, purpose, field }}
            timer={composer.timer}
            onTimer={composer.setTimer}
            onOpen={setPanel}
          />
          <textarea
            ref={field.element}
            rows={1}
            aria-label={t('composer.label')}
            placeholder={t('composer.placeholder')}
            // No `combobox`: those have one line. What is offered is told of all the same.
            aria-controls={offer === undefined ? undefined : id}
            aria-autocomplete="list"
            aria-activedescendant={offer === undefined ? undefined : `${id}-${offer.at}`}
            enterKeyHint={enterSends ? 'send' : 'enter'}
            dir="auto"
            onInput={composer.written}
            onSelect={() => {
              mentions.look();
              format.look();
            }}
            onBlur={format.hide}
            onKeyDown={press}
            className="field-sizing-content max-h-[40dvh] min-h-11 w-full resize-none rounded-[1.375rem] bg-field px-4 py-2.5 text-input outline-none placeholder:text-faint focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2"
          />
          {field.left !== undefined && (
            <output
              className={`shrink-0 self-center whitespace-nowrap ps-1 text-small tabular-nums ${field.left < 0 ? 'text-danger' : 'text-soft'}`}
            >
              {field.left}
            </output>
          )}
          <SendButton purpose={purpose} canSend={canSend} onSend={() => void composer.send()} />
        </div>
      </div>
      {panel !== undefined && (
        <Suspense>
          <ComposerPanels
            panel={panel}
            room={snapshot.room}
            onEmoji={putIn}
            onSchedule={(at) => void composer.send(at)}
            onClose={() => setPanel(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}
