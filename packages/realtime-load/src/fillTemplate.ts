import type { Template } from './plan/template.ts';

/** Puts values in the place of their `{names}`, in every text of a template. Others stay. */
export function fillTemplate(
  template: Template,
  values: Readonly<Record<string, string>>,
): unknown {
  if (typeof template === 'string') {
    return template.replace(/\{(\w+)\}/g, (name, key: string) =>
      Object.hasOwn(values, key) ? (values[key] ?? name) : name,
    );
  }
  if (Array.isArray(template)) return template.map((part) => fillTemplate(part, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, part]) => [key, fillTemplate(part, values)]),
  );
}
