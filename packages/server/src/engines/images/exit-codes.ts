/** How the process ends where the file is no image that it can read. Another code than 0 is a fault of its own. */
export const UNREADABLE = 3;
