/**
 * Notes for the operator. What is given holds no content, name, handle, token or address of anybody (`[PRIV6]`): ids,
 * counts, codes and spans only.
 */
export interface Logger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** A fault as it may be logged: a message could quote what somebody wrote, so only its kind and its place are kept. */
export function faultFields(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    fault: fault.name,
    ...('code' in fault ? { code: String(fault.code) } : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
    ...(fault.cause === undefined ? {} : { cause: faultFields(fault.cause) }),
  };
}
