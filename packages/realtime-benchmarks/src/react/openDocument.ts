import { JSDOM } from 'jsdom';

/** Puts a page where React looks for one. Returns what takes it away again. */
export function openDocument(): () => void {
  const { window } = new JSDOM('<div id="root"></div>', {
    url: 'http://127.0.0.1/',
    pretendToBeVisual: true,
  });
  const names = ['window', 'document'] as const;
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  const values = { window, document: window.document };
  for (const name of names) {
    Object.defineProperty(globalThis, name, { value: values[name], configurable: true });
  }
  return () => {
    window.close();
    names.forEach((name, index) => {
      const descriptor = before[index];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    });
  };
}
