import type { CommandFrame, Content, DeviceId, Event, RoomId, UserId } from '@maru/protocol';

/**
 * The messages that this device sent and the server has lost, as commands under their old ids, saying what they said
 * last. Edits and deletions are not repeated: the numbers they refer to may mean other messages now. Nor is a long
 * message, of which only the preview is here. What answered a lost message answers none any more.
 *
 * @param head the newest event that the server still has
 */
export function lostSends(
  events: readonly Event[],
  me: { readonly user: UserId; readonly device: DeviceId },
  room: RoomId,
  head: number,
): CommandFrame[] {
  const commands: CommandFrame[] = [];
  for (const event of events) {
    const { kind, sender, device, clientMessageId, content, edited } = event;
    if (kind !== 'message' || sender !== me.user || device !== me.device) continue;
    const said = edited?.content ?? content;
    if (clientMessageId === undefined || said === undefined) continue;
    if (said.type === 'log-line' || ('long' in said && said.long !== undefined)) continue;
    const { replyTo, mentions, mentionsAll, expiresAfter } = event;
    const extra = {
      ...(replyTo !== undefined && replyTo <= head && { replyTo }),
      ...(mentions && { mentions }),
      ...(mentionsAll && { mentionsAll }),
      ...(expiresAfter && { expiresAfter }),
    };
    commands.push({ kind: 'send', room, clientMessageId, content: said as Content, ...extra });
  }
  return commands;
}
