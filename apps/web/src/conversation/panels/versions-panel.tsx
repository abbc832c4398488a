import type { Message } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import { useCallback } from 'react';
import { useTexts } from '../../i18n/texts.tsx';
import { plainText } from '../../rooms/plain-text.ts';
import { useClient } from '../../state/client-context.tsx';
import { useLoaded } from '../../state/use-loaded.ts';
import { Panel } from '../../ui/panel.tsx';
import { RichText } from '../rich-text.tsx';
import { segmentsOf } from '../segments.ts';
import { PanelBody } from './panel-body.tsx';

interface VersionsPanelProps {
  readonly message: Message;
  readonly room: RoomId;
  readonly seq: Seq;
  readonly onClose: () => void;
}

/** What a message said before it was edited, the newest first. */
export function VersionsPanel({ message: { content: said }, room, seq, onClose }: VersionsPanelProps) {
  const { t, moments } = useTexts();
  const client = useClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more when it says something else.
  const load = useCallback(() => client.versions(room, seq), [client, room, said, seq]);
  const loaded = useLoaded(load);
  const { versions = [], omitted = 0 } = loaded.value ?? {};
  const newestFirst = versions.toReversed();
  return (
    <Panel title={t('versions.title')} onClose={onClose}>
      <PanelBody loaded={loaded}>
        <ol className="flex flex-col gap-4">
          {newestFirst.map(({ seq: number, at, content }, index) => {
            const text = plainText(content);
            return (
              <li key={number}>
                <p className="mb-0.5 text-small text-soft">
                  {index === 0 ? t('versions.now') : moments.full(at)}
                </p>
                <div className="whitespace-pre-wrap rounded-control bg-field px-3 py-2" dir="auto">
                  {text === undefined ? (
                    t('message.unknown')
                  ) : (
                    <RichText segments={segmentsOf(content, text)} />
                  )}
                </div>
                {omitted > 0 && index === newestFirst.length - 2 && (
                  <p className="mt-4 text-center text-small text-soft">
                    {t('versions.omitted', { count: omitted })}
                  </p>
                )}
              </li>
            );
          })}
        </ol>
      </PanelBody>
    </Panel>
  );
}
