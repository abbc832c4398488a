/** The thread that writes `log.db`. Started by `SqliteLog`; speaks `LogRequest` and `LogAnswer`. */

import { LogKeeper } from './log-keeper.ts';
import type { LogAnswer, LogRequest } from './log-request.ts';
import { fromRequestText } from './log-request-text.ts';
import { serveThread } from './serve-thread.ts';
import { failureDetail, failureKind } from './storage-error.ts';

let keeper: LogKeeper | undefined;

serveThread(async (text) => JSON.stringify(await handle(fromRequestText(text), text.length)));

async function handle(request: LogRequest, chars: number): Promise<LogAnswer> {
  try {
    return { kind: 'done', results: await run(request, chars) };
  } catch (error) {
    return { kind: 'failed', failure: failureKind(error), detail: failureDetail(error) };
  }
}

async function run(request: LogRequest, chars: number) {
  switch (request.kind) {
    case 'open':
      keeper = new LogKeeper(request.path);
      return [];
    case 'commit':
      return opened().commit(request, chars);
    case 'checkpoint':
      opened().checkpoint();
      return [];
    case 'close':
      keeper?.close();
      keeper = undefined;
      return [];
  }
}

function opened(): LogKeeper {
  if (keeper === undefined) throw new Error('the log is not open');
  return keeper;
}
