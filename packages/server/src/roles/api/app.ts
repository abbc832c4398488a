import { refusal, routes } from '@maru/protocol';
import { Hono } from 'hono';
import { faultFields } from '../../ports/logger.ts';
import { errorResponse } from '../edge/respond.ts';
import { registerAvatar } from './account/avatar.ts';
import { registerLogIn } from './account/log-in.ts';
import { registerMe } from './account/me.ts';
import { registerPassword } from './account/password.ts';
import { registerPersonalLink } from './account/personal-link.ts';
import { registerRecoveryCodes } from './account/recovery-codes.ts';
import { registerSignUp } from './account/sign-up.ts';
import { registerAccountDevices } from './admin/account-devices.ts';
import { registerAccounts } from './admin/accounts.ts';
import { registerFigures } from './admin/figures.ts';
import { registerInvites } from './admin/invites.ts';
import { registerReports } from './admin/reports.ts';
import { registerChannels } from './channels.ts';
import { registerContacts } from './contacts.ts';
import type { ApiDeps } from './deps.ts';
import { registerDeviceRequests } from './device-requests.ts';
import { registerDevices } from './devices.ts';
import { registerPages } from './pages/register-pages.ts';
import { registerPeople } from './people.ts';
import { type ApiApp, type ApiBindings, createRegister } from './register.ts';
import { registerPostReport } from './reports/post-report.ts';
import { registerCommands } from './rooms/commands.ts';
import { registerHistory } from './rooms/history.ts';
import { registerInbox } from './rooms/inbox.ts';
import { registerLinks } from './rooms/links.ts';
import { registerMembers } from './rooms/members.ts';
import { registerReactions } from './rooms/reactions.ts';
import { registerScheduled } from './rooms/scheduled.ts';
import { registerServer } from './server.ts';
import { registerSettings } from './settings.ts';

/** The HTTP API: every route of the protocol, its pages, and the two questions of an operator's probes. */
export function createApi(deps: ApiDeps): ApiApp {
  const app: ApiApp = new Hono<{ Bindings: ApiBindings }>();
  const register = createRegister(app, deps);
  registerSignUp(register, deps);
  registerLogIn(register, deps);
  registerPassword(register, deps);
  registerRecoveryCodes(register, deps);
  registerMe(register, deps);
  registerAvatar(register, deps);
  registerPersonalLink(register, deps);
  registerDevices(register, deps);
  registerDeviceRequests(register, deps);
  registerServer(register, deps);
  registerPeople(register, deps);
  registerContacts(register, deps);
  registerAccounts(register, deps);
  registerAccountDevices(register, deps);
  registerInvites(register, deps);
  registerReports(register, deps);
  registerFigures(register, deps);
  registerPostReport(register, deps);
  registerCommands(register, deps);
  registerScheduled(register, deps);
  registerHistory(register, deps);
  registerReactions(register, deps);
  registerInbox(register, deps);
  registerMembers(register, deps);
  registerSettings(register, deps);
  registerLinks(register, deps);
  registerChannels(register, deps);
  app.post(routes.postPoll.path, (context) => deps.poll(context.req.raw, context.env));
  registerPages(app, deps);
  app.onError((fault) => {
    deps.log.error(faultFields(fault), 'a request failed');
    return errorResponse(refusal('internal', 'Something went wrong here. Try again.'));
  });
  app.notFound((context) => {
    const allowed = methodsOf(context.req.path);
    if (allowed.length === 0) return errorResponse(refusal('not-found', 'There is nothing at this path.'));
    const error = refusal('method-not-allowed', `This path takes ${allowed.join(', ')}.`);
    return errorResponse(error, { allow: allowed.join(', ') });
  });
  return app;
}

const patterns = Object.values(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

function methodsOf(path: string): string[] {
  return patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}
