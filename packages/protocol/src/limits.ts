/** Named limits, units last. Those an operator can lower stand in the greeting (`[LIMIT1]`). */

/** Code points of one text. An operator may lower it. */
export const MESSAGE_CHARS_MAX = 100_000;
/** Bytes of one frame from a client: 100,000 emoji as escaped JSON are 1.2 MB. */
export const FRAME_BYTES_MAX = 1_500_000;
/** Objects and arrays within each other in one frame. */
export const FRAME_NESTING_MAX = 64;
/** Values in one frame: what a frame costs to read goes by their number more than by its bytes. */
export const FRAME_VALUES_MAX = 20_000;
/** Bytes of a content the server can't read (media, encrypted). */
export const OPAQUE_CONTENT_BYTES_MAX = 1_000_000;
/** Bytes of encoded content above which it travels as a preview (`[LIMIT5]`). */
export const LONG_CONTENT_BYTES_MIN = 4_096;
/** Code points of the preview of a long text. */
export const PREVIEW_CHARS_MAX = 500;
/** Entities (mentions, formatting) of one text. */
export const ENTITIES_MAX = 1_000;
/** Entities made of what somebody writes: there is room for mentions beside them. */
export const MARKUP_ENTITIES_MAX = 890;
/** Quotes within each other that are made of what somebody writes. */
export const QUOTE_DEPTH_MAX = 3;
/** Users named in an envelope's `mentions`. */
export const MENTIONS_MAX = 100;
/** Bytes of one reaction, in UTF-8: the longest emoji sequences have some 40. */
export const REACTION_BYTES_MAX = 64;
/** Kinds of reaction on one message, and how many of them one person may put there. */
export const REACTION_KINDS_MAX = 20;
export const REACTIONS_PER_USER_MAX = 5;
/** People named of one kind of reaction. */
export const REACTION_USERS_MAX = 1_000;
/** Rooms to which a message is forwarded at once. */
export const FORWARD_ROOMS_MAX = 20;
/** Versions of a message in one answer: the first, and the newest of its edits. */
export const VERSIONS_MAX = 100;
/** Pinned messages of a room. */
export const PINS_MAX = 50;
/** Members of a group: the most an operator may set, and the default. */
export const GROUP_MEMBERS_MAX = 1_000;
export const GROUP_MEMBERS_DEFAULT = 500;
/** Members of a channel: the most an operator may set, and the default. */
export const CHANNEL_MEMBERS_MAX = 100_000;
/** Channels that one account has made and somebody is in. */
export const CHANNELS_MADE_MAX = 100;
/** Channels on one page of the directory, and characters of what is searched for there. */
export const CHANNELS_PAGE_MAX = 100;
export const CHANNELS_PAGE_DEFAULT = 30;
export const CHANNEL_QUERY_CHARS_MAX = 100;
/** People on one page of a channel's list of members. */
export const MEMBERS_PAGE_MAX = 1_000;
/** Rooms up to this size in which every member may name everybody at once. */
export const MENTION_ALL_MEMBERS_MAX = 20;
/** Unread messages of a room that name the user, as an entry lists them: so many stand for "99+". */
export const UNREAD_MENTIONS_MAX = 100;
/** Users named in one create or add command. */
export const USERS_PER_COMMAND_MAX = 1_000;
/** Administrators of one group, its owner aside: every entry of the room carries them. */
export const ROOM_ADMINISTRATORS_MAX = 50;
/** Seconds between two messages of a member in slow mode, at most. */
export const SLOW_MODE_S_MAX = 3_600;
/** Links into a group at a time, and people who have asked to join and are not answered: entries carry them. */
export const ROOM_LINKS_MAX = 20;
export const JOIN_REQUESTS_MAX = 100;
/** How many may come in by one link, where it says a number. */
export const LINK_USES_MAX = 100_000;
export const ROOM_NAME_CHARS_MAX = 128;
export const ROOM_DESCRIPTION_CHARS_MAX = 1_000;
/** Code points of the text that comes with a contact request, and encoded bytes of any content that does. */
export const REQUEST_NOTE_CHARS_MAX = 500;
export const REQUEST_NOTE_BYTES_MAX = 4_096;
/** People on one page of the contact list. */
export const CONTACTS_PAGE_MAX = 1_000;
export const CONTACTS_PAGE_DEFAULT = 200;
export const HANDLE_CHARS_MIN = 3;
export const HANDLE_CHARS_MAX = 32;
export const DISPLAY_NAME_CHARS_MAX = 64;
/** Of the line that somebody says of themselves. */
export const STATUS_LINE_CHARS_MAX = 100;
export const DEVICE_NAME_CHARS_MAX = 64;
export const PASSWORD_CHARS_MIN = 8;
export const PASSWORD_BYTES_MAX = 1_024;
/** Devices of one account. */
export const DEVICES_MAX = 50;
/** How long a device that is not signed in may wait for one that is to let it in. */
export const DEVICE_REQUEST_TTL_MS = 300_000;
/** How long the server holds an answer while nothing has become of a device request, at most. */
export const DEVICE_WAIT_MS_MAX = 8_000;
/** Digits that the one device shows and the other is told. */
export const DEVICE_CHECK_DIGITS = 4;
/** Wrong ones end the request. */
export const DEVICE_CHECK_TRIES_MAX = 3;
/** Sends a device may have unanswered in a room (`[ONCE6]`). */
export const SENDS_IN_FLIGHT_MAX = 64;
/** Client message ids that a room's state keeps for a device. */
export const SEND_WINDOW_IDS = 64;
/** Without sends for so long, the state keeps a device's newest id only. */
export const SEND_WINDOW_IDLE_MS = 3_600_000;
/** Rooms in one sync answer; more follow by its cursor. */
export const SYNC_ROOMS_MAX = 1_000;
/** Changed rooms named in a beat's answer; beyond that the device syncs. */
export const BEAT_ROOMS_MAX = 100;
/** Events of a room in a sync answer. */
export const SYNC_EVENTS_PER_ROOM_MAX = 50;
/** Encoded bytes of events in one sync answer; rooms beyond get none and are read by history. */
export const SYNC_EVENT_BYTES_MAX = 512_000;
/** Accounts or invites on one page of an administrator's list. */
export const ADMIN_PAGE_MAX = 500;
export const ADMIN_PAGE_DEFAULT = 50;
/** Code points of what is said of a report. */
export const REPORT_NOTE_CHARS_MAX = 1_000;
/** Code points of a reported message that are kept with the report. */
export const REPORT_TEXT_CHARS_MAX = 4_000;
/** Reports of one person that nobody has closed yet. */
export const REPORTS_OPEN_MAX = 100;
/** Rooms whose missing events are counted for an administrator, over all devices of a user. */
export const LAG_ROOMS_COUNTED_MAX = 500;
/** Events of one history page. */
export const PAGE_EVENTS_MAX = 200;
/** Characters of a cursor. */
export const CURSOR_CHARS_MAX = 200;
/** Rooms of one `delivered` frame. */
export const DELIVERED_ROOMS_MAX = 1_000;
/** Rooms a session may look at (presence, receipt counts). */
export const LOOK_ROOMS_MAX = 50;
/** Groups up to this size see each other's presence live. */
export const PRESENCE_LIVE_MEMBERS_MAX = 100;
/** Bytes of an image that is given for an avatar. */
export const AVATAR_UPLOAD_BYTES_MAX = 524_288;
/** Pixels of such an image: decoded they take four bytes each. */
export const AVATAR_PIXELS_MAX = 25_000_000;
/** Pixels of each side of an avatar, as it is shown. */
export const AVATAR_SIDE_PIXELS = 256;
/** Members of rooms up to this size hear live when somebody changes their profile. */
export const PROFILE_LIVE_MEMBERS_MAX = 100;
/** People asked for in one look-up. */
export const LOOK_UP_PEOPLE_MAX = 1_000;
/** Groups up to this size get each other's receipts pushed. */
export const RECEIPTS_PUSHED_MEMBERS_MAX = 50;
/** Seconds after which a message may be told to expire: a year. */
export const EXPIRES_AFTER_S_MAX = 31_536_000;
/** Messages that one event erases because their time is over. */
export const EXPIRED_MESSAGES_MAX = 100;

/** Bytes of one of a user's own settings, as JSON: a draft of the longest text fits. */
export const SETTING_BYTES_MAX = 700_000;
/** A user's settings: how many, and their bytes together. */
export const SETTINGS_MAX = 10_000;
export const SETTINGS_BYTES_MAX = 4_000_000;
/** Spans of messages that a user has hidden in a room; of more, the oldest become one. */
export const HIDDEN_SPANS_MAX = 1_000;
export const QUICK_REPLIES_MAX = 100;
export const QUICK_REPLY_CHARS_MAX = 2_000;
/** Starred messages of a room. */
export const STARS_MAX = 1_000;
export const FOLDERS_MAX = 50;
export const FOLDER_ROOMS_MAX = 200;
export const FOLDER_NAME_CHARS_MAX = 64;
/** Code points of a quick reply's shortcut. */
export const SHORTCUT_CHARS_MAX = 32;

/** Messages that a user may have scheduled, those that failed included, and their bytes. */
export const SCHEDULED_MAX = 100;
export const SCHEDULED_BYTES_MAX = 2_000_000;
/** How far ahead a message may be scheduled: a year. */
export const SCHEDULE_AHEAD_MS_MAX = 31_536_000_000;

/** Milliseconds between an SDK's beats. */
export const BEAT_MS = 5_000;
/** Silence after which a user is offline. */
export const OFFLINE_AFTER_MS = 30_000;
/** Silence of the server after which a client reconnects. */
export const SERVER_SILENCE_MS = 15_000;
/** A socket that is not greeted by then is given up by a client that may poll instead (`[WIRE8]`). */
export const SOCKET_GREETING_MS_MAX = 5_000;
/** A socket that has not said hello by then is closed. */
export const HELLO_TIMEOUT_MS = 10_000;
/** A ticket opens one socket, within this time. */
export const TICKET_TTL_MS = 60_000;
/** Receipt counts of big rooms: at most one push in this time. */
export const RECEIPT_COUNTS_MS = 2_000;
/** How long a `typing` holds at the receiver; a sender repeats it every half of that. */
export const TYPING_MS = 6_000;

/** How long the server may hold a poll, at most. A client leaves time for the way before `POLL_SILENCE_MS`. */
export const POLL_WAIT_MS_MAX = 25_000;
/** Without a request for so long, a polled session is closed: as long as a socket may be silent (`[SOFT4]`). */
export const POLL_SILENCE_MS = 30_000;
/** Frames in one request. */
export const POLL_FRAMES_MAX = 256;
/** Bytes of one request: a frame of the largest size fits. */
export const POLL_BODY_BYTES_MAX = FRAME_BYTES_MAX + 65_536;
/** Values in one request: a frame of the most values fits. */
export const POLL_VALUES_MAX = FRAME_VALUES_MAX + 1_000;
/** Requests of one session at a time: one that waits, and one that speaks. */
export const POLLS_AT_ONCE_MAX = 2;
