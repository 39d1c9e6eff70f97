export {
  type RenderedRealtime,
  type RenderWithRealtimeOptions,
  renderWithRealtime,
} from './renderWithRealtime.ts';
