import type { LogRequest } from './log-request.ts';
import type { LogRow } from './log-row.ts';

/** A row as it travels: in the place of the content its length, for the contents follow one after the other. */
type RowHeader = readonly [...row: unknown[], contentLength: number | null];

type Header =
  | Exclude<LogRequest, { kind: 'commit' }>
  | (Omit<LogRequest & { kind: 'commit' }, 'rows' | 'bodies'> & {
      readonly rows: readonly RowHeader[];
      readonly bodies: readonly (readonly [position: number, length: number])[];
    });

/**
 * A request as one text: a line of JSON, and after it all contents and bodies as they are. They are JSON themselves, so
 * quoting them in JSON would double every quotation mark, and cost more than all the rest.
 */
export function toRequestText(request: LogRequest): string {
  if (request.kind !== 'commit') return `${JSON.stringify(request)}\n`;
  const { kind, operations } = request;
  let text = '';
  const rows = request.rows.map((row): RowHeader => {
    const [position, type, room, seq, at, sender, device, command, ordinal, refersTo, extra, content] = row;
    if (content !== null) text += content;
    const length = content === null ? null : content.length;
    return [position, type, room, seq, at, sender, device, command, ordinal, refersTo, extra, length];
  });
  const bodies = request.bodies.map(([position, body]) => {
    text += body;
    return [position, body.length] as const;
  });
  return `${JSON.stringify({ kind, rows, bodies, operations } satisfies Header)}\n${text}`;
}

export function fromRequestText(text: string): LogRequest {
  let from = text.indexOf('\n');
  const header = JSON.parse(text.slice(0, from)) as Header;
  from++;
  if (header.kind !== 'commit') return header;
  const take = (length: number) => {
    const part = text.slice(from, from + length);
    from += length;
    return part;
  };
  const rows = header.rows.map((row) => {
    const length = row.at(-1) as number | null;
    return row.with(-1, length === null ? null : take(length)) as unknown as LogRow;
  });
  const bodies = header.bodies.map(([position, length]) => [position, take(length)] as const);
  return { ...header, rows, bodies };
}
