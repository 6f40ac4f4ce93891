/** How a command ended. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  /** A worker has done enough and wants to be started anew (EX_TEMPFAIL of sysexits.h). */
  recycled: 75,
  interrupted: 130,
} as const;
