import { useSyncExternalStore } from 'react';
import type { Recorder } from '../recording/recorder.ts';

/** Renders again when something was recorded, at most ten times a second. */
export function useRecording({ signal }: Recorder): void {
  useSyncExternalStore(signal.subscribe, signal.getVersion, signal.getVersion);
}
