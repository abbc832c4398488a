import type { RoomSnapshot } from '@maru/client';
import { Trash2 } from 'lucide-react';
import { refusalText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { ActionRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { useRefusedActs } from './use-refused-acts.ts';

/** In the details of a conversation that the server did not make: why not, and how it goes away. */
export function NotMade({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const acts = useRefusedActs(snapshot);
  if (snapshot.refused === undefined) return null;
  return (
    <Section hint={refusalText(snapshot.refused, t)}>
      <ActionRow icon={Trash2} danger title={t('refused.remove')} onPress={() => void acts.remove()} />
    </Section>
  );
}
