import { limits } from '@maru/protocol';
import { Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Panel } from '../ui/panel.tsx';
import { TextField } from '../ui/text-field.tsx';

/** Texts that are kept to send them again: what there is, and a new one. */
export function RepliesPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const { settings } = useClient();
  const replies = useClientValue((client) => client.settings.quickReplies);
  const [shortcut, setShortcut] = useState('');
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await settings.keepQuickReply(shortcut.trim().replace(/^\//, ''), text.trim());
      setShortcut('');
      setText('');
      setError(undefined);
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  return (
    <Panel title={t('replies.title')} text={t('replies.text')} onClose={onClose}>
      <ul className="overflow-y-auto px-5">
        {replies.map((reply) => (
          <li key={reply.shortcut} className="flex min-h-11 items-center gap-3">
            <bdi className="shrink-0 font-semibold text-link">/{reply.shortcut}</bdi>
            <span className="min-w-0 grow truncate text-soft" dir="auto">
              {reply.text}
            </span>
            <IconButton
              icon={Trash2}
              label={t('replies.remove', { shortcut: reply.shortcut })}
              onClick={() => void settings.removeQuickReply(reply.shortcut)}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void keep(event)} className="flex flex-col gap-3 px-5 pt-2 pb-5">
        <TextField
          label={t('replies.shortcut')}
          prefix="/"
          value={shortcut}
          onValue={setShortcut}
          maxLength={limits.SHORTCUT_CHARS_MAX}
          required
        />
        <TextField
          label={t('replies.says')}
          value={text}
          onValue={setText}
          maxLength={limits.QUICK_REPLY_CHARS_MAX}
          error={error}
          required
        />
        <Button look="primary" type="submit">
          {t('replies.keep')}
        </Button>
      </form>
    </Panel>
  );
}
