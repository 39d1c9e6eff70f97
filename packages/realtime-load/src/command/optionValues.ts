import type { TransportName } from '@roomcast/realtime-client';

/** What the options of a command line say; what is left out is for the scenario to say. */
export interface OptionValues {
  readonly url?: string;
  readonly demo?: boolean;
  readonly target: 'roomcast' | 'socket.io';
  readonly path: string;
  readonly namespace: string;
  readonly transports: readonly TransportName[];
  readonly contract?: string;
  readonly allowRemote?: boolean;
  readonly tokenEnv?: string;
  readonly tokenCommand?: string;
  readonly connections?: number;
  readonly ramp: number;
  readonly room?: string;
  readonly rooms: number;
  readonly joinEvent?: string;
  readonly joinInput: unknown;
  readonly acks?: boolean;
  readonly duration?: number;
  readonly rate?: number;
  readonly payload: number;
  readonly publishAction?: string;
  readonly publishEvent?: string;
  readonly publishUrl?: string;
  readonly publishInput?: unknown;
  readonly webhookSecretEnv?: string;
  readonly publishers: number;
  readonly settle: number;
  readonly drain: number;
  readonly workers?: number;
  readonly json?: string;
  readonly html?: string;
  readonly maxP50?: number;
  readonly maxP95?: number;
  readonly maxP99?: number;
  readonly maxLoss?: number;
  readonly maxDuplicates?: number;
  readonly maxOutOfOrder?: number;
  readonly maxReconnects?: number;
  readonly maxFailed?: number;
}
