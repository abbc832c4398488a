import type { RoomSnapshot } from '@maru/client';
import { refusalText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { Button } from '../ui/button.tsx';
import { useRefusedActs } from './use-refused-acts.ts';

/** Where one would write, in a conversation that the server did not make: why not, and the ways on. */
export function RefusedRoom({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const acts = useRefusedActs(snapshot);
  const { peer, refused } = snapshot;
  if (refused === undefined) return null;
  const mayAsk = peer !== undefined && refused.code === 'contacts-only';
  return (
    <section className="flex flex-wrap items-center justify-center gap-2 border-line border-t bg-surface px-4 py-3">
      <p role="alert" className="w-full text-center text-soft">
        {refusalText(refused, t)}
      </p>
      {mayAsk && (
        <Button look="primary" onClick={() => void act(() => commands.request(peer))}>
          {t('relation.request')}
        </Button>
      )}
      <Button onClick={() => void acts.again()}>{t('app.tryAgain')}</Button>
      <Button look="danger" onClick={() => void acts.remove()}>
        {t('refused.remove')}
      </Button>
    </section>
  );
}
