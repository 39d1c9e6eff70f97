import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: join(import.meta.dirname, 'web'),
  // The icon of the shop.
  publicDir: join(import.meta.dirname, '..', 'ticketing', 'web', 'public'),
  plugins: [react()],
  // The workspace's packages are taken from their source, so nothing has to be built first.
  resolve: {
    conditions: ['@roomcast/source', ...defaultClientConditions],
    dedupe: ['react', 'react-dom', '@tanstack/react-query'],
  },
  build: { outDir: '../dist', emptyOutDir: true },
});
