/** One line of an IRC log in the format of the Ubuntu channel logs: `[09:14] <nick> text`, and all that is not that. */
export type LogLine =
  /** Somebody said something. */
  | { readonly kind: 'said'; readonly minute: number; readonly nick: string; readonly text: string }
  /**
   * An action, a notice of the server, a message without text or of a nickname that is set apart by spaces (`<nick >`):
   * kept to the byte. `nick` is whom it is about.
   */
  | { readonly kind: 'other'; readonly minute: number | undefined; readonly nick: string | undefined };

const SAID = /^\[(\d\d):(\d\d)\] <([^>\s]+)> (.*)$/su;
/** Without text, or with spaces around the nickname, which holds none itself (RFC 2812 §2.3.1). */
const KEPT = /^\[(\d\d):(\d\d)\] <\s*([^>\s]+)\s*>/su;
const ACTION = /^\[(\d\d):(\d\d)\] {1,2}\* (\S+)/su;
const NOTICE = /^=== (\S+) (?:has|is|\[)/u;

/**
 * Takes a line apart. What is `said` can be put together again to the byte by {@link formatSaid}; every other line must
 * be kept whole.
 *
 * @returns `minute` is the minute of the day
 */
export function parseLine(line: string): LogLine {
  const said = SAID.exec(line);
  if (said?.[1] && said[2] && said[3] && said[4] !== undefined && said[4].trim() !== '') {
    return { kind: 'said', minute: Number(said[1]) * 60 + Number(said[2]), nick: said[3], text: said[4] };
  }
  const timed = KEPT.exec(line) ?? ACTION.exec(line);
  if (timed) return { kind: 'other', minute: Number(timed[1]) * 60 + Number(timed[2]), nick: timed[3] };
  return { kind: 'other', minute: undefined, nick: NOTICE.exec(line)?.[1] };
}

/** The line that {@link parseLine} took apart. */
export function formatSaid(minute: number, nick: string, text: string): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `[${two(Math.floor(minute / 60))}:${two(minute % 60)}] <${nick}> ${text}`;
}
