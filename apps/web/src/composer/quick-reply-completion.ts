import type { QuickReply } from '@maru/protocol';
import { folded } from '../i18n/folded.ts';

const OFFERED_MAX = 8;

/** Those whose shortcut begins with what stands behind a slash, where nothing else is written. */
export function quickReplyCompletion(
  written: string,
  replies: readonly QuickReply[],
): readonly QuickReply[] | undefined {
  const typed = /^[/／](\S*)$/.exec(written)?.[1];
  if (typed === undefined) return undefined;
  const wanted = folded(typed);
  const offered = replies.filter(({ shortcut }) => folded(shortcut).startsWith(wanted)).slice(0, OFFERED_MAX);
  return offered.length === 0 ? undefined : offered;
}
