import type { CommandEntry, CommandTable } from './command.ts';

const groups: CommandTable['groups'] = {
  admin: 'Look after a server: accounts, invites, devices, reports.',
  'admin users': 'Look at accounts.',
  'admin invites': 'Make, list and take back invites.',
  'admin reports': 'Look at what people reported.',
};

const commands: Readonly<Record<string, CommandEntry>> = {
  serve: {
    summary: 'Run a server.',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  'sign-up': {
    summary: 'Make an account and sign this device in.',
    load: async () => (await import('./commands/sign-up.ts')).signUp,
  },
  'log-in': {
    summary: 'Sign this device in to an account.',
    load: async () => (await import('./commands/log-in.ts')).logIn,
  },
  recover: {
    summary: 'Set a new password with a recovery code.',
    load: async () => (await import('./commands/recover.ts')).recover,
  },
  'recovery-codes': {
    summary: 'Make new recovery codes.',
    load: async () => (await import('./commands/recovery-codes.ts')).recoveryCodes,
  },
  invite: {
    summary: 'Make a code that lets somebody sign up.',
    load: async () => (await import('./commands/invite.ts')).invite,
  },
  profile: {
    summary: 'Show or change what others see of you.',
    load: async () => (await import('./commands/profile.ts')).profile,
  },
  settings: {
    summary: 'Show or change who may find you, write to you, add you.',
    load: async () => (await import('./commands/settings.ts')).settings,
  },
  chat: {
    summary: 'Talk: a messenger for the whole terminal.',
    load: async () => (await import('./commands/chat.ts')).chat,
  },
  contacts: {
    summary: 'List contacts, requests and whom you block.',
    load: async () => (await import('./commands/contacts.ts')).contacts,
  },
  send: {
    summary: 'Send a message.',
    load: async () => (await import('./commands/send.ts')).send,
  },
  tail: {
    summary: 'Print messages as they come.',
    load: async () => (await import('./commands/tail.ts')).tail,
  },
  'admin users list': {
    summary: 'List accounts.',
    load: async () => (await import('./commands/admin/users-list.ts')).usersList,
  },
  'admin users show': {
    summary: 'Show one account.',
    load: async () => (await import('./commands/admin/users-show.ts')).usersShow,
  },
  'admin devices': {
    summary: "Show a user's devices, and what each still lacks.",
    load: async () => (await import('./commands/admin/devices.ts')).devices,
  },
  'admin figures': {
    summary: 'Show how the server is at work.',
    load: async () => (await import('./commands/admin/figures.ts')).figures,
  },
  'admin suspend': {
    summary: 'Suspend an account.',
    load: async () => (await import('./commands/admin/suspend.ts')).suspend,
  },
  'admin unsuspend': {
    summary: 'End the suspension of an account.',
    load: async () => (await import('./commands/admin/unsuspend.ts')).unsuspend,
  },
  'admin reset-password': {
    summary: 'End a password, and give a code that sets a new one.',
    load: async () => (await import('./commands/admin/reset-password.ts')).resetPassword,
  },
  'admin promote': {
    summary: 'Make somebody an administrator.',
    load: async () => (await import('./commands/admin/promote.ts')).promote,
  },
  'admin demote': {
    summary: 'Make an administrator an ordinary user.',
    load: async () => (await import('./commands/admin/demote.ts')).demote,
  },
  'admin invites list': {
    summary: 'List invites that can still be used.',
    load: async () => (await import('./commands/admin/invites-list.ts')).invitesList,
  },
  'admin invites create': {
    summary: 'Make an invite.',
    load: async () => (await import('./commands/admin/invites-create.ts')).invitesCreate,
  },
  'admin invites revoke': {
    summary: 'Take an invite back.',
    load: async () => (await import('./commands/admin/invites-revoke.ts')).invitesRevoke,
  },
  'admin reports list': {
    summary: 'List what people reported.',
    load: async () => (await import('./commands/admin/reports-list.ts')).reportsList,
  },
  'admin reports show': {
    summary: 'Show one report.',
    load: async () => (await import('./commands/admin/reports-show.ts')).reportsShow,
  },
  'admin reports close': {
    summary: 'Close a report, or open it again.',
    load: async () => (await import('./commands/admin/reports-close.ts')).reportsClose,
  },
  doctor: {
    summary: 'Check whether a server can work here, and say what to change.',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  import: {
    summary: 'Make groups of logs of other systems.',
    load: async () => (await import('./commands/import.ts')).importLogs,
  },
  verify: {
    summary: 'Check a data folder.',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  completion: {
    summary: 'Print what lets a shell complete commands.',
    load: async () => (await import('./commands/completion.ts')).completionOf(table),
  },
};

/** Every command of `maru`. */
export const table: CommandTable = { commands, groups };
