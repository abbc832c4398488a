import { useTexts } from '../i18n/texts.tsx';
import type { TextKey } from '../i18n/translator.ts';
import { Panel } from '../ui/panel.tsx';

/** `mod`: Ctrl, on Apple's devices ⌘. */
const KEYS = [
  ['keys.search', 'mod K'],
  ['keys.searchRoom', 'mod F'],
  ['keys.messages', '↑ ↓'],
  ['keys.menu', 'Enter'],
  ['keys.roomMenu', '⇧ F10'],
  ['keys.reply', 'R'],
  ['keys.edit', 'E'],
  ['keys.editLast', '↑'],
  ['keys.bold', 'mod B'],
  ['keys.italic', 'mod I'],
  ['keys.strike', 'mod ⇧ X'],
  ['keys.code', 'mod E'],
  ['keys.newLine', '⇧ Enter'],
  ['keys.close', 'Esc'],
  ['keys.keys', '?'],
] as const satisfies readonly (readonly [TextKey, string])[];

/** As it stands on the keyboard, whatever the language. */
const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** What can be done without a mouse. */
export function KeysPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Panel title={t('keys.title')} onClose={onClose}>
      <dl className="overflow-y-auto px-5 pb-5">
        {KEYS.map(([key, press]) => (
          <div key={key} className="flex min-h-9 items-center justify-between gap-4">
            <dt>{t(key)}</dt>
            <dd className="flex shrink-0 gap-1" dir="ltr">
              {press.split(' ').map((one) => (
                <kbd
                  key={one}
                  className="min-w-7 rounded-joint bg-field px-1.5 py-0.5 text-center font-sans text-small text-soft"
                >
                  {one === 'mod' ? MOD : one}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
