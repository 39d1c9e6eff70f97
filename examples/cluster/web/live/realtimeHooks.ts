import { createRealtimeHooks } from '@roomcast/realtime-react';
import { controlContract } from '../../shared/controlContract.ts';

/** The hooks, typed by the contract that the control server speaks. */
export const { useAction, useConnectionStatus, useRealtimeState } =
  createRealtimeHooks(controlContract);
