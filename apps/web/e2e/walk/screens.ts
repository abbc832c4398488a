import { limits } from '@maru/protocol';
import { kept } from './kept.ts';
import { links } from './links.ts';
import { odd } from './odd.ts';
import { refused } from './refused.ts';
import { type Chapter, screen } from './screen.ts';
import { trouble } from './trouble.ts';

const door = [
  screen('sign-up', (at) => at.field('signIn.handle').waitFor()),
  screen('sign-up-mistakes', async (at) => {
    await at.field('signIn.handle').fill('a.');
    await at.press('signIn.signUp');
    await at.sees('signIn.passwordShort');
  }),
  screen('log-in', (at) => at.press('signIn.logIn')),
  screen('recover', async (at) => {
    await at.press('signIn.forgot');
    await at.press('recover.set');
    await at.sees('recover.codeMissing');
  }),
  screen('by-device', async (at) => {
    await at.press('signIn.byPassword');
    await at.press('signIn.byDevice');
    await at.page.getByRole('img').last().waitFor();
  }),
  screen('invited', async (at) => {
    await at.page.reload();
    await at.go('with/mina');
    await at.sees('signIn.toTalk');
  }),
  screen('invited-group', async (at) => {
    await at.follow(`join=${at.folk.links.open}`);
    await at.sees('signIn.toJoin');
  }),
  screen('recovery-codes', async (at) => {
    await at.go();
    await at.field('signIn.handle').fill(`new.${crypto.randomUUID().slice(0, 8)}`);
    await at.field('signIn.password').fill('correct horse');
    await at.press('signIn.signUp');
    await at.seesDialog();
  }),
  screen('empty', async (at) => {
    if (await at.button('recovery.kept').isVisible()) await at.press('recovery.kept');
    await at.sees('rooms.emptyTitle');
  }),
  screen('empty-people', (at) => at.go('people')),
  screen('empty-requests', (at) => at.go('requests')),
  screen('empty-archived', (at) => at.go('archived')),
  screen('empty-starred', (at) => at.go('starred')),
  screen('empty-share', (at) => at.go('share')),
];

const talk = [
  screen('list', (at) => at.row('박준').waitFor()),
  screen('group', (at) => at.open('마루 개발')),
  screen('direct', (at) => at.open('박준')),
  screen('stranger', async (at) => {
    await at.go('requests');
    await at.row('Ella Berg').click();
    await at.button('request.accept').waitFor();
  }),
  screen('channel', (at) => at.open('마루 소식')),
];

const messages = [
  screen('message-menu', async (at) => {
    await at.open('박준');
    await at.messageMenu('콜 👍');
  }),
  screen('own-message-menu', async (at) => {
    await at.open('박준');
    await at.messageMenu('회사 앞에');
  }),
  screen('emoji', async (at) => {
    await at.open('박준');
    await at.messageMenu('콜 👍');
    await at.choose('emoji.more');
    await at.seesDialog();
  }),
  screen('forward', async (at) => {
    await at.open('박준');
    await at.messageMenu('콜 👍');
    await at.choose('message.forward');
    await at.seesDialog();
  }),
  screen('message-details', async (at) => {
    await at.open('마루 개발');
    await at.messageMenu('Looks great!');
    await at.choose('message.details');
    await at.seesDialog();
  }),
  screen('versions', async (at) => {
    await at.open('박준');
    await at.messageMenu('거기 점심에는');
    await at.choose('message.versions');
    await at.seesDialog();
  }),
  screen('pins', async (at) => {
    await at.open('마루 개발');
    await at.press('pin.all');
    await at.seesDialog();
  }),
  screen('report', async (at) => {
    await at.open('박준');
    await at.messageMenu('콜 👍');
    await at.choose('message.report');
    await at.seesDialog();
  }),
  screen('delete', async (at) => {
    await at.open('박준');
    await at.messageMenu('회사 앞에');
    await at.choose('message.delete');
    await at.seesDialog();
  }),
  screen('reply', async (at) => {
    await at.open('박준');
    await at.messageMenu('콜 👍');
    await at.choose('message.reply');
  }),
  screen('edit', async (at) => {
    await at.open('박준');
    await at.messageMenu('회사 앞에');
    await at.choose('message.edit');
  }),
  screen('reactions', async (at) => {
    await at.go('starred');
    await at.page.getByText('Looks great!').click();
    await at.page.getByRole('button', { name: '❤️ 2' }).waitFor();
  }),
  screen('whole-text', async (at) => {
    await at.open('마루 개발');
    await at.seek('message.showAll');
    await at.press('message.showAll');
  }),
];

const writing = [
  screen('composer-menu', async (at) => {
    await at.open('박준');
    await at.press('composer.more');
  }),
  screen('composer-timer', async (at) => {
    await at.open('박준');
    await at.press('composer.more');
    await at.page.getByRole('menuitemradio').last().click();
    await at.sees('composer.timerOn');
  }),
  screen('too-long', async (at) => {
    await at.open('박준');
    await at.write('가'.repeat(limits.MESSAGE_CHARS_MAX + 1));
    await at.press('composer.more');
    await at.sees('error.message-too-long');
  }),
  screen('formats', async (at) => {
    await at.open('박준');
    await at.write('천천히 와');
    await at.page.keyboard.press('Control+A');
    await at.page.getByRole('toolbar').waitFor();
  }),
  screen('schedule', async (at) => {
    await at.open('박준');
    await at.write('아 그리고 ');
    await at.press('composer.more');
    await at.choose('schedule.title');
    await at.seesDialog();
  }),
  screen('scheduled', async (at) => {
    await at.open('박준');
    await at.press('composer.more');
    await at.page.getByRole('menuitem').nth(1).click();
    await at.seesDialog();
  }),
  screen('quick-replies', async (at) => {
    await at.open('박준');
    await at.press('composer.more');
    await at.choose('replies.title');
    await at.seesDialog();
  }),
  screen('quick-replies-offered', async (at) => {
    await at.open('마루 개발');
    await at.write('/');
    await at.page.getByRole('listbox').waitFor();
  }),
  screen('mentions', async (at) => {
    await at.open('마루 개발');
    await at.write('@');
    await at.page.getByRole('listbox').waitFor();
  }),
  screen('room-menu', (at) => at.roomMenu('박준')),
  screen('mute', async (at) => {
    await at.roomMenu('박준');
    await at.choose('roomMenu.mute');
  }),
  screen('search-empty', async (at) => {
    await at.press('rooms.search');
    await at.seesDialog();
  }),
  screen('search', async (at) => {
    await at.press('rooms.search');
    await at.page.getByRole('combobox').last().fill('국밥');
    await at.page.getByRole('option').first().waitFor();
  }),
  screen('search-nothing', async (at) => {
    await at.press('rooms.search');
    await at.page.getByRole('combobox').last().fill('xyzzy');
    await at.sees('search.nothing');
  }),
  screen('keys', async (at) => {
    await at.row('박준').focus();
    await at.page.keyboard.press('?');
    await at.seesDialog();
  }),
];

const people = [
  screen('new', (at) => at.go('new')),
  screen('not-found', async (at) => {
    await at.go('new');
    await at.field('people.byHandle').fill('nobody.here');
    await at.press('people.find');
    await at.page.getByRole('alert').first().waitFor();
  }),
  screen('new-group', async (at) => {
    await at.go('new');
    await at.press('group.new');
  }),
  screen('people', (at) => at.go('people')),
  screen('my-link', async (at) => {
    await at.go('people');
    await at.pressRow('people.myLink');
    await at.page.getByRole('img').last().waitFor();
  }),
  screen('person-link', async (at) => {
    await at.go('with/noor');
    await at.sees('meet.text');
  }),
  screen('requests', (at) => at.go('requests')),
  screen('archived', (at) => at.go('archived')),
];

const groups = [
  screen('channels', async (at) => {
    await at.go('channels');
    await at.button('channels.openOne').first().waitFor();
  }),
  screen('new-channel', async (at) => {
    await at.go('channels');
    await at.press('channels.make');
    await at.seesDialog();
  }),
  screen('person-details', (at) => at.details('박준')),
  screen('report-person', async (at) => {
    await at.details('박준');
    await at.press('relation.blockReport');
    await at.seesDialog();
  }),
  screen('group-details', (at) => at.details('마루 개발')),
  screen('group-rules', async (at) => {
    await at.details('마루 개발');
    await at.page.getByText(at.label('rules.rights')).scrollIntoViewIfNeeded();
  }),
  screen('group-name', async (at) => {
    await at.details('마루 개발');
    await at.press('details.rename');
  }),
  screen('member-menu', async (at) => {
    await at.details('마루 개발');
    await at.press('details.memberMenu');
    await at.page.getByRole('menu').waitFor();
  }),
  screen('add-people', async (at) => {
    await at.details('마루 개발');
    await at.press('details.addPeople');
    await at.seesDialog();
  }),
  screen('new-link', async (at) => {
    await at.details('마루 개발');
    await at.press('links.make');
    await at.seesDialog();
  }),
  screen('group-link', async (at) => {
    await at.details('마루 개발');
    await at.press('links.make');
    await at.pressAbove('links.makeIt');
    await at.page.getByRole('img').last().waitFor();
  }),
  screen('leave', async (at) => {
    await at.details('마루 개발');
    await at.press('roomMenu.leave');
    await at.seesDialog();
  }),
  screen('channel-details', (at) => at.details('마루 소식')),
  screen('reader-details', (at) => at.details('동네 소식')),
  screen('join-requests', async (at) => {
    await at.details('독서 모임');
    await at.sees('joinRequests.title');
  }),
];

const PAGES = [
  'profile',
  'looks',
  'notifications',
  'privacy',
  'devices',
  'account',
  'connection',
  'about',
] as const;

const settings = [
  screen('settings', (at) => at.go('settings')),
  ...PAGES.map((page) => screen(`settings-${page}`, (at) => at.go(`settings/${page}`))),
  screen('add-device', async (at) => {
    await at.go('settings/devices');
    await at.press('devices.add');
    await at.seesDialog();
  }),
  screen('device-asks', async (at) => {
    await at.follow(`device=${await at.folk.askingDevice()}`);
    await at.button('devices.confirm').waitFor();
  }),
  screen('device-digits', async (at) => {
    await at.follow(`device=${await at.folk.askingDevice()}`);
    await at.press('devices.confirm');
    await at.sees('devices.digitsText');
  }),
  screen('account-delete', async (at) => {
    await at.go('settings/account');
    await at.press('account.delete');
  }),
  screen('sign-out', async (at) => {
    await at.go('settings');
    await at.press('settings.signOut');
    await at.seesDialog();
  }),
  screen('admin', async (at) => {
    await at.go('admin');
    await at.sees('admin.chart.memory');
  }),
  ...(['accounts', 'reports', 'invites'] as const).map((tab) =>
    screen(`admin-${tab}`, async (at) => {
      await at.go('admin');
      await at.tab(`admin.tab.${tab}`);
    }),
  ),
];

/** All that there is to see: a new screen is added here, and looked at by everything that walks through the app. */
export const CHAPTERS: readonly Chapter[] = [
  { name: 'door', as: 'nobody', screens: door },
  { name: 'talk', as: 'mina', screens: talk },
  { name: 'odd', as: 'mina', screens: odd },
  { name: 'messages', as: 'mina', screens: messages },
  { name: 'writing', as: 'mina', screens: writing },
  { name: 'people', as: 'mina', screens: people },
  { name: 'groups', as: 'mina', screens: groups },
  { name: 'kept', as: 'mina', screens: kept },
  { name: 'links', as: 'mina', screens: links },
  { name: 'settings', as: 'mina', screens: settings },
  { name: 'refused', as: 'mina', screens: refused },
  { name: 'trouble', as: 'mina', screens: trouble },
];
