import { describe, expect, test } from 'vitest';
import { checkRequest } from './checkRequest.ts';

const json = { 'content-type': 'application/json' };

describe('checkRequest', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json ; charset=utf8',
  ])('takes the content type %j', (type) => {
    expect(() => checkRequest('POST', { 'content-type': type }, 10)).not.toThrow();
  });

  test.each([
    ['none', undefined],
    ['text', 'text/plain;charset=UTF-8'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['another charset', 'application/json; charset=utf-16'],
    ['something that begins like JSON', 'application/jsonp'],
    ['two of them', ['application/json', 'application/json']],
  ])('refuses the content type %s', (_, type) => {
    expect(() => checkRequest('POST', { 'content-type': type }, 10)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_CONTENT', status: 415 }),
    );
  });

  test('refuses a body that is compressed, and takes one that says it is not', () => {
    expect(() => checkRequest('POST', { ...json, 'content-encoding': 'gzip' }, 10)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_CONTENT' }),
    );
    expect(() =>
      checkRequest('POST', { ...json, 'content-encoding': 'Identity' }, 10),
    ).not.toThrow();
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'post', undefined])(
    'refuses the method %s',
    (method) => {
      expect(() => checkRequest(method, json, 10)).toThrow(
        expect.objectContaining({ code: 'METHOD_NOT_ALLOWED', status: 405 }),
      );
    },
  );

  test('refuses a body that says it is too large', () => {
    expect(() => checkRequest('POST', { ...json, 'content-length': '10' }, 10)).not.toThrow();
    expect(() => checkRequest('POST', { ...json, 'content-length': '11' }, 10)).toThrow(
      expect.objectContaining({ code: 'BODY_TOO_LARGE', status: 413 }),
    );
  });
});
