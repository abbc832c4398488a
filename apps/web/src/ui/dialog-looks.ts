/** What lies behind a dialog. */
export const SCRIM = 'fixed inset-0 z-20 bg-scrim';

const CARD = 'z-20 flex flex-col bg-raised text-ink shadow-raised outline-none';

/** Something that is asked, in the middle of whatever screen: short, and with its answers in sight. */
export const QUESTION = `fixed inset-0 m-auto h-fit max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] overflow-y-auto rounded-panel ${CARD}`;

/** Something to do or to read: from below on a phone, in the middle where there is room. */
export const SHEET = `fixed inset-x-0 bottom-0 max-h-[92dvh] overflow-hidden rounded-t-panel pb-[env(safe-area-inset-bottom)] md:inset-0 md:m-auto md:h-fit md:max-h-[86dvh] md:w-104 md:rounded-panel ${CARD}`;

/** Its first line: what it is, and the way out. */
export const SHEET_HEADER = 'flex min-h-14 shrink-0 items-center gap-2 ps-5 pe-2';
