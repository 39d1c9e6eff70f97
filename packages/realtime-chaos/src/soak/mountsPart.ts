import { setTimeout } from 'node:timers/promises';
import { createRealtimeClient } from '@roomcast/realtime-client';
import type { Part } from '@roomcast/realtime-processes';
import { createRealtimeHooks, RealtimeProvider } from '@roomcast/realtime-react';
import { JSDOM } from 'jsdom';
import { createElement, StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { heapAfterGc } from './heapAfterGc.ts';
import { soakContract } from './soakContract.ts';

/** Longer than a room, and then its position, is kept for the next use. */
const releasedMs = 2_500;

export interface MountsRecord {
  /** Pages that were on the screen. */
  readonly shown: number;
  readonly heapBytes: number;
  /** Rooms that the client is still in. */
  readonly rooms: number;
}

export type MountsPart = Part & {
  open(port: number): void;
  /** Shows so many pages, one after the other, and waits until the last is left. */
  mount(count: number): Promise<MountsRecord>;
};

const { useRealtimeEvent, useRoom } = createRealtimeHooks(soakContract);

/** A page that is in a room, and hears of an event there. */
function Page({ eventId, onShown }: { readonly eventId: string; onShown(): void }) {
  useRoom(['event', { eventId }]);
  useRealtimeEvent('said', () => {});
  useEffect(onShown, [onShown]);
  return createElement('p', null, eventId);
}

/** One client of a page that people come to and leave again and again. */
export function createPart(): MountsPart {
  const { window } = new JSDOM('<div id="root"></div>', { pretendToBeVisual: true });
  Object.assign(globalThis, { window, document: window.document });
  let client: ReturnType<typeof createRealtimeClient<typeof soakContract>>;
  let mounted = 0;
  return {
    open(port) {
      client = createRealtimeClient({
        ...{ contract: soakContract, url: `http://127.0.0.1:${port}`, env: {} },
        ...{ transports: ['websocket'], getToken: () => 'mounting' },
        positionRetentionMs: 500,
      });
    },
    async mount(count) {
      const shown = new Set<number>();
      const container = window.document.createElement('div');
      for (const last = mounted + count; mounted < last; ) {
        mounted += 1;
        const root = createRoot(container);
        const number = mounted;
        const onShown = () => void shown.add(number);
        const page = createElement(Page, { eventId: `${mounted % 50}`, onShown });
        const live = createElement(RealtimeProvider, { client: client as never }, page);
        root.render(createElement(StrictMode, null, live));
        // React renders and runs effects behind this turn.
        for (; !shown.has(number); ) await setTimeout(0);
        root.unmount();
        await setTimeout(0);
      }
      await setTimeout(releasedMs);
      const rooms = [...client.ports.inspection.rooms.all].filter((room) => !room.isAutomatic);
      return { shown: shown.size, heapBytes: await heapAfterGc(), rooms: rooms.length };
    },
  };
}
