import { storageError } from './storage-error.ts';
import type { StorageThread } from './storage-thread.ts';
import type { ViewsAnswer, ViewsRequest } from './views-request.ts';

/**
 * Sends a request to the projections' thread.
 *
 * @throws StorageUnavailable, StorageBroken
 */
export async function askViews(
  thread: StorageThread,
  request: ViewsRequest,
): Promise<ViewsAnswer & { kind: 'done' }> {
  const answer = JSON.parse(await thread.request(JSON.stringify(request))) as ViewsAnswer;
  if (answer.kind === 'failed') throw storageError('projections', answer.failure, answer.detail);
  return answer;
}
