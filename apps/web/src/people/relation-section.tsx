import type { Relation } from '@maru/client';
import type { RoomId, UserId } from '@maru/protocol';
import { Ban, Check, Flag, ShieldOff, UserMinus, UserPlus, UserX } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { ActionRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { ReportSheet } from './report-sheet.tsx';
import { useRelationActs } from './use-relation-acts.ts';

interface RelationSectionProps {
  readonly peer: UserId;
  readonly name: string;
  readonly state: Relation['state'];
  /** Whether somebody can be reached there. */
  readonly isThere: boolean;
  readonly room: RoomId;
}

/** What can be done about being contacts, and about not wanting to be any. */
export function RelationSection({ peer, name, state, isThere, room }: RelationSectionProps) {
  const { t } = useTexts();
  const acts = useRelationActs(peer, name);
  const [isReporting, setReporting] = useState(false);
  const mayAsk = isThere && (state === 'none' || state === 'open' || state === 'writing');
  const isAsked = state === 'requested-by-them' || state === 'stranger';
  return (
    <Section
      title={t('details.relation')}
      hint={
        isThere || state === 'blocked' ? t(`details.relation.${state}`) : t('composer.closed.unavailable')
      }
    >
      {mayAsk && (
        <ActionRow icon={UserPlus} title={t('relation.request')} onPress={() => void acts.request()} />
      )}
      {isAsked && <ActionRow icon={Check} title={t('request.accept')} onPress={() => void acts.accept()} />}
      {isAsked && <ActionRow icon={UserX} title={t('request.refuse')} onPress={() => void acts.refuse()} />}
      {state === 'requested-by-me' && (
        <ActionRow icon={UserX} title={t('relation.cancel')} onPress={() => void acts.cancel()} />
      )}
      {state === 'contact' && (
        <ActionRow icon={UserMinus} title={t('relation.remove')} onPress={() => void acts.remove()} />
      )}
      {state === 'blocked' ? (
        <ActionRow icon={ShieldOff} title={t('request.unblock')} onPress={() => void acts.unblock()} />
      ) : (
        <>
          <ActionRow icon={Ban} danger title={t('request.block')} onPress={() => void acts.block()} />
          <ActionRow
            icon={Flag}
            danger
            title={t('relation.blockReport')}
            onPress={() => setReporting(true)}
          />
        </>
      )}
      {isReporting && <ReportSheet peer={peer} name={name} room={room} onClose={() => setReporting(false)} />}
    </Section>
  );
}
