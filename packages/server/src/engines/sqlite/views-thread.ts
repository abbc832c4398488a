/** The thread that writes `views.db`. Started by `ViewsFeeder`; speaks `ViewsRequest` and `ViewsAnswer`. */
import { serveThread } from './serve-thread.ts';
import { standBack } from './stand-back.ts';
import { failureDetail, failureKind } from './storage-error.ts';
import { ViewsKeeper } from './views-keeper.ts';
import type { ViewsAnswer, ViewsRequest } from './views-request.ts';

let keeper: ViewsKeeper | undefined;

standBack();
serveThread(async (text) => JSON.stringify(handle(JSON.parse(text) as ViewsRequest)));

function handle(request: ViewsRequest): ViewsAnswer {
  try {
    return run(request);
  } catch (error) {
    return { kind: 'failed', failure: failureKind(error), detail: failureDetail(error) };
  }
}

function run(request: ViewsRequest): ViewsAnswer {
  if (request.kind === 'open') {
    keeper = new ViewsKeeper(request.path, request.logPath, request.log);
    return {
      kind: 'done',
      through: keeper.through,
      ...(keeper.rebuilt !== undefined && { rebuilt: keeper.rebuilt }),
    };
  }
  if (keeper === undefined) throw new Error('the projections are not open');
  if (request.kind === 'apply') keeper.apply(request.through, request.soft);
  if (request.kind === 'checkpoint') keeper.checkpoint();
  if (request.kind === 'close') keeper.close();
  return { kind: 'done', through: keeper.through };
}
