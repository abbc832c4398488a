/** In place of the decoder: one that can't be loaded on this machine. */
throw new Error('no decoder here');
