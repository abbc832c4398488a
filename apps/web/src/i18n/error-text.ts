import { ApiError, Disconnected, InvalidCommand, NetworkError, RequestRefused } from '@maru/client';
import type { ErrorBody } from '@maru/protocol';
import type { Translate } from './translator.ts';

/** What went wrong, as a sentence for people; of what nobody has foreseen only that it did. */
export function errorText(error: unknown, t: Translate): string {
  if (error instanceof NetworkError || error instanceof Disconnected) return t('refused.network');
  if (error instanceof ApiError || error instanceof RequestRefused || error instanceof InvalidCommand)
    return refusalText(error.body, t);
  return t('error.internal');
}

export function refusalText({ code, limit, retryAfterMs }: ErrorBody, t: Translate): string {
  const sentence = t(`error.${code}`);
  if (retryAfterMs !== undefined && retryAfterMs > 0)
    return `${sentence} ${t('refused.wait', { seconds: Math.ceil(retryAfterMs / 1000) })}`;
  return limit === undefined ? sentence : `${sentence} ${t('refused.limit', { limit: limit.value })}`;
}
