import type { BullMQAdapter } from '@bull-board/api/bullMQAdapter';

/** The queues that an operator may look at. */
export type DispatchQueues = readonly ConstructorParameters<typeof BullMQAdapter>[0][];
