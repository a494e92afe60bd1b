/** The contract in vectors/, kept by the browser's half: `node --test tests/score.test.mjs`. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { nearest, scores, share } from "../plugins/cx_maturity/browser/score.mjs";

const VECTORS = new URL("vectors/", import.meta.url);
const read = (url) => JSON.parse(readFileSync(url, "utf8"));
const t = read(new URL("../plugins/cx_maturity/t.json", import.meta.url));
const isObject = (thing) => thing !== null && typeof thing === "object" && !Array.isArray(thing);

/**
 * List what differs, each with its place.
 *
 * What *expected* leaves out is not asked for; of dimensions and capabilities, where they are
 * given, every one is named.
 */
function differences(found, expected, where = "") {
  const wrong = `${where}: ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`;
  if (where.endsWith(".interval") && found && expected) {
    return found.every((bound, i) => Math.abs(bound - expected[i]) <= 1e-9) ? [] : [wrong];
  }
  if (!isObject(expected)) return same(found, expected) ? [] : [wrong];
  const named = Object.keys(expected).flatMap((name) =>
    Object.hasOwn(found, name)
      ? differences(found[name], expected[name], `${where}.${name}`)
      : [`${where}.${name}: missing`],
  );
  const all = [".dimensions", ".capabilities"].includes(where) ? Object.keys(found) : [];
  const more = all.filter((name) => !Object.hasOwn(expected, name));
  return [...named, ...more.map((name) => `${where}.${name}: not expected`)].sort();
}

function same(found, expected) {
  try {
    assert.deepStrictEqual(found, expected);
    return true;
  } catch {
    return false;
  }
}

for (const name of readdirSync(VECTORS).filter((file) => file.endsWith(".json")).sort()) {
  test(`score.mjs keeps the contract: ${name}`, () => {
    const file = read(new URL(name, VECTORS));
    const waves = (file.cases ?? [{ ...file, waves: [file] }]).flatMap(({ questionnaire, waves }) =>
      waves.map(({ wave, expected }) => ({ questionnaire, wave, expected })),
    );
    const wrong = waves.flatMap(({ questionnaire, wave, expected }, i) =>
      differences(scores(questionnaire, wave, t), expected).map((d) => `case ${i + 1}: ${d}`),
    );

    assert.deepEqual(wrong, []);
  });
}

test("a plain answers file needs no table of t", () => {
  const { questionnaire, wave, expected } = read(new URL("mean-of-two-questions.json", VECTORS));

  assert.deepEqual(scores(questionnaire, wave), expected);
});

test("a difference is found at every depth", () => {
  const found = {
    overall: { score: 50, interval: [1, 2], held_by: [] },
    dimensions: { a: {}, b: {} },
  };
  const near = { overall: { score: 50, interval: [1, 2.0000000001] } };
  const far = {
    overall: { score: 50.00000000000001, interval: [1, 2.00000001], held_by: ["a"] },
    dimensions: { a: { n: 1 } },
  };

  assert.deepEqual(differences(found, near), []);
  assert.deepEqual(differences(found, far), [
    ".dimensions.a.n: missing",
    ".dimensions.b: not expected",
    ".overall.held_by: [], expected [\"a\"]",
    ".overall.interval: [1,2], expected [1,2.00000001]",
    ".overall.score: 50, expected 50.00000000000001",
  ]);
});

test("the nearest double: exact, rounded, halfway to even, large and small", () => {
  const two = 2n ** 53n;

  assert.equal(nearest([0n, 1n]), 0);
  assert.equal(nearest([1n, 3n]), 1 / 3);
  assert.equal(nearest([100n, 1n]), 100);
  assert.equal(nearest([two + 1n, 1n]), 9007199254740992);
  assert.equal(nearest([two + 3n, 1n]), 9007199254740996);
  // A hair above halfway goes up, a hair below goes down.
  assert.equal(nearest([(two + 1n) * 10n ** 40n + 1n, 10n ** 40n]), 9007199254740994);
  assert.equal(nearest([(two + 1n) * 10n ** 40n - 1n, 10n ** 40n]), 9007199254740992);
  assert.equal(nearest([10n ** 400n, 10n ** 399n]), 10);
  assert.equal(nearest([1n, 10n ** 30n]), 1e-30);
});

test("an answer that is not on its scale is refused by name", () => {
  const five = { kind: "points", low: 1, high: 5 };
  const yes = { kind: "choice", options: { no: 0, yes: 1 } };
  const days = { kind: "numeric", cuts: [10] };
  const refused = [
    [five, 0],
    [five, 6],
    [five, "3.5"],
    [five, "0x3"],
    [five, "three"],
    [yes, "maybe"],
    [yes, "constructor"],
    [days, "1e3"],
    [days, " 3"],
  ];

  for (const [scale, given] of refused) {
    assert.throws(() => share({ id: "a.b" }, scale, given), {
      name: "RangeError",
      message: `a.b: ${JSON.stringify(given)} is not on the scale`,
    });
  }
});
