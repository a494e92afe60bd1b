/**
 * Score one wave, exactly: the rule of score.py, for the browser.
 *
 * A number is a reduced pair [numerator, denominator] of BigInt, 0 the bottom of the scale and 1
 * its top; doubles appear in the result only.  tests/vectors/ holds both languages to one answer,
 * and its README describes the plain data that comes in and goes out.
 */

const NOTHING = [0n, 1n];
const ALL = [1n, 1n];
// From five respondents in every role on, roles count alike; below, people do.
const ROLE_SIZE = 5;
// Two answers are a difference, not a spread.
const FEWEST = 3;
// What one to four of five people or more say is theirs, and no measure of the whole.
const MANY = 5;
const DECIMAL = /^-?\d{1,12}(\.\d{1,9})?$/;

// --- exact numbers ---

function pair(numerator, denominator) {
  let [a, b] = [numerator, denominator];
  while (b) [a, b] = [b, a % b];
  if (a < 0n !== denominator < 0n) a = -a;
  return [numerator / a, denominator / a];
}

const add = ([a, b], [c, d]) => pair(a * d + c * b, b * d);
const minus = ([a, b], [c, d]) => pair(a * d - c * b, b * d);
const times = ([a, b], [c, d]) => pair(a * c, b * d);
const over = ([a, b], [c, d]) => pair(a * d, b * c);
const whole = (number) => [BigInt(number), 1n];
const below = ([a, b], [c, d]) => a * d < c * b;
const least = (pairs) => pairs.reduce((a, b) => (below(b, a) ? b : a));
const most = (pairs) => pairs.reduce((a, b) => (below(a, b) ? b : a));
const sum = (pairs) => pairs.reduce(add, NOTHING);
const mean = (pairs) => over(sum(pairs), whole(pairs.length));

/** Read a whole number, a decimal or "p/q". */
function rational(written) {
  const [numerator, denominator = "1"] = String(written).split("/");
  const [digits, decimals = ""] = numerator.split(".");
  return pair(BigInt(digits + decimals), 10n ** BigInt(decimals.length) * BigInt(denominator));
}

const percent = (written) => over(rational(written), whole(100));

/** Return the double nearest to a pair from 0 up, of two equally near the even one. */
export function nearest([numerator, denominator]) {
  const bits = (number) => number.toString(2).length;
  // 55 or more bits, the last one set when something is left over: Number() rounds that rightly.
  const shift = BigInt(55 + bits(denominator) - bits(numerator));
  const [a, b] =
    shift > 0n ? [numerator << shift, denominator] : [numerator, denominator << -shift];
  return Number((a / b) | (a % b ? 1n : 0n)) * 2 ** -Number(shift);
}

const points = (share) => nearest(times(share, whole(100)));

// --- one answer ---

/** Look *key* up among an object's own: ids such as "constructor" are allowed. */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Return the place of the answer *given* on its scale; RangeError when it is not on it. */
export function share(question, scale, given) {
  const text = String(given);
  const up = scale.kind === "choice" ? choice(scale.options, text) : number(scale, text);
  if (!up) throw new RangeError(`${question.id}: ${JSON.stringify(given)} is not on the scale`);
  return question.reverse ? minus(ALL, up) : up;
}

function choice(options, text) {
  const values = Object.values(options);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return Object.hasOwn(options, text) && pair(BigInt(options[text] - low), BigInt(high - low));
}

function number({ kind, low, high, cuts }, text) {
  if (!DECIMAL.test(text)) return null;
  const value = rational(text);
  if (kind === "numeric") {
    const reached = cuts.filter((cut) => !below(value, rational(cut)));
    return pair(BigInt(reached.length), BigInt(cuts.length));
  }
  const inside = value[1] === 1n && value[0] >= low && value[0] <= high;
  return inside && pair(value[0] - BigInt(low), BigInt(high - low));
}

// --- one respondent ---

/** Make the tree of measures: each with its parts that belong to the subset. */
function tree(questionnaire, subset) {
  const { coverage, dimensions } = questionnaire;
  const chosen = new Set(questionnaire.subsets[subset]);
  const group = (node, needed, parts, isCapability) => ({ ...node, needed, parts, isCapability });
  const asked = ({ questions = [] }) => questions.filter(({ id }) => chosen.has(id));
  const full = ({ parts }) => parts.length;
  const capability = (c) => group(c, percent(coverage.capability), asked(c), true);
  const dimension = (d) => {
    const parts = [...asked(d), ...(d.capabilities ?? []).map(capability).filter(full)];
    return group(d, percent(coverage.dimension), parts);
  };
  return group({}, ALL, dimensions.map(dimension).filter(full));
}

/** Score *node* and everything below it for one respondent; *into* maps a measure to results. */
function respondent(questionnaire, node, answers, into) {
  if (!node.parts) return leaf(questionnaire, node, own(answers, node.id));
  const one = (part) => respondent(questionnaire, part, answers, into);
  const parts = node.parts
    .map((part) => ({ weight: part.weight ?? 1, ...one(part) }))
    .filter((part) => part.applicable);
  const total = (key) => parts.reduce((all, part) => all + part[key], 0);
  const scored = parts.filter((part) => part.score);
  const weight = scored.reduce((all, part) => all + part.weight, 0);
  const enough = scored.length && !below(whole(weight), times(node.needed, whole(total("weight"))));
  const made = {
    score: enough ? together(questionnaire, scored, "score") : null,
    lowest: parts.length ? together(questionnaire, parts, "lowest") : NOTHING,
    highest: parts.length ? together(questionnaire, parts, "highest") : ALL,
    applicable: total("applicable"),
    valued: total("valued"),
    unsure: total("unsure"),
    stages: questionnaire.levels.method === "staged" ? stages(parts) : new Map(),
  };
  if (!into.has(node)) into.set(node, []);
  into.get(node).push(made);
  return made;
}

function leaf(questionnaire, question, answer) {
  const { weight = 1, level } = question;
  const missing = { score: null, lowest: NOTHING, highest: ALL };
  const none = { ...missing, applicable: weight, valued: 0, unsure: 0 };
  if (answer !== null && typeof answer === "object") {
    if (Object.hasOwn(answer, "not-applicable")) return { ...none, applicable: 0 };
    answer = answer.answer;
  }
  if (answer === "unsure") return { ...none, unsure: weight, stages: new Map([[level, null]]) };
  if (answer === undefined || answer === null || answer === "") {
    return { ...none, stages: new Map([[level, null]]) };
  }
  const at = share(question, own(questionnaire.scales, question.scale), answer);
  const stage = new Map([[level, at]]);
  return { ...none, score: at, lowest: at, highest: at, valued: weight, stages: stage };
}

/** Return the weighted mean of what the parts have under *key*, or the smallest of it. */
function together({ aggregate }, parts, key) {
  return aggregate === "minimum" ? least(parts.map((part) => part[key])) : weighted(parts, key);
}

function weighted(parts, key) {
  const all = sum(parts.map((part) => times(whole(part.weight), part[key])));
  return over(all, whole(parts.reduce((weight, part) => weight + part.weight, 0)));
}

/** Return for each staged level the mean of its questions, null where none has a value. */
function stages(parts) {
  const levels = new Set(parts.flatMap((part) => [...part.stages.keys()]));
  const at = (level) => {
    const given = parts
      .map((part) => ({ weight: part.weight, stage: part.stages.get(level) }))
      .filter((part) => part.stage);
    return given.length ? weighted(given, "stage") : null;
  };
  return new Map([...levels].map((level) => [level, at(level)]));
}

// --- all respondents ---

function isBalanced({ combine, respondents }) {
  if (combine || !respondents) return combine === "role-balanced";
  const roles = respondents.map(({ role }) => role || "");
  const sizes = [...new Set(roles)].map((role) => roles.filter((other) => other === role).length);
  return !roles.includes("") && sizes.length > 1 && Math.min(...sizes) >= ROLE_SIZE;
}

/** Return the values by role, or all under "" where roles do not count; null is no value. */
function grouped(panel, values) {
  const found = new Map();
  values.forEach((value, index) => {
    const role = (panel.balanced && panel.people[index].role) || "";
    if (value) found.set(role, [...(found.get(role) ?? []), value]);
  });
  return found;
}

function combined(panel, values) {
  const groups = [...grouped(panel, values).values()];
  return groups.length ? mean(groups.map(mean)) : null;
}

/** Return how many people stand behind a role, or behind the panel; undefined when not known. */
function populationOf({ balanced, people, population }, role) {
  if (balanced) return own(population, role || "all");
  const known = people.every((person) => person.role && Object.hasOwn(population, person.role));
  if (!known && !Object.hasOwn(population, "all")) return undefined;
  return Object.values(population).reduce((all, size) => all + size, 0);
}

/** Return the 95 % interval of the mean (Welch-Satterthwaite), clipped; null for none. */
function interval(panel, scores, t) {
  const groups = [...grouped(panel, scores)];
  if (!panel.isPanel || scores.filter(Boolean).length < FEWEST) return null;
  if (groups.some(([, group]) => group.length < 2)) return null;
  if (groups.every(([, group]) => !below(least(group), most(group)))) return null;
  const parts = groups.map(([role, group]) => {
    const size = populationOf(panel, role);
    const seen = size ? pair(BigInt(group.length), BigInt(size)) : NOTHING;
    const error = over(squares(group), whole(group.length * (group.length - 1)));
    return { error: times(error, minus(ALL, seen)), degrees: group.length - 1 };
  });
  const error = sum(parts.map((part) => part.error));
  // Whole degrees come of exact numbers: a double may fall just short of the whole it means.
  // Without an error, when everybody there is has answered, any number of them will do.
  const each = parts.map((part) => over(times(part.error, part.error), whole(part.degrees)));
  const degrees = error[0] ? over(times(error, error), sum(each)) : ALL;
  const quantile = t.findLast(([known]) => !below(degrees, whole(known)))[1];
  const half = (quantile * Math.sqrt(nearest(error))) / groups.length;
  const middle = nearest(combined(panel, scores));
  return [Math.max(0, middle - half) * 100, Math.min(1, middle + half) * 100];
}

/** Return the sum of the squared distances from the mean. */
function squares(values) {
  const middle = mean(values);
  return sum(values.map((value) => times(minus(value, middle), minus(value, middle))));
}

function levelOf(panel, { levels }, score, ones) {
  if (!score) return null;
  if (levels.method !== "staged") {
    return levels.starts.filter((start) => !below(score, percent(start))).length;
  }
  let reached = 1;
  const asked = new Set(ones.flatMap((one) => [...one.stages.keys()]));
  for (const level of [...asked].sort((a, b) => a - b)) {
    const at = combined(panel, ones.map((one) => one.stages.get(level)));
    if (!at || below(at, percent(levels.pass))) break;
    reached = level;
  }
  return reached;
}

/** Tell whether a number of *n* people rests on one to four of more. */
function ofFew({ isPanel, people }, n) {
  return isPanel && people.length >= MANY && n > 0 && n < MANY;
}

/** Put one measure of all respondents together. */
function measure(panel, questionnaire, ones, t) {
  const given = ones.map((one) => one.score);
  const n = given.filter(Boolean).length;
  const isHidden = ofFew(panel, n);
  const scores = isHidden ? [] : given;
  const score = combined(panel, scores);
  const isUnknown = isHidden || (!n && ofFew(panel, ones.filter((one) => one.valued).length));
  const means = (key) => combined(panel, ones.map((one) => (one.applicable ? one[key] : null)));
  const bound = (key) => (isUnknown ? { lowest: NOTHING, highest: ALL }[key] : means(key));
  const total = (key) => ones.reduce((all, one) => all + one[key], 0);
  const weight = total("applicable");
  // A score may leave out answers of a capability that has too few of them; the bounds take
  // those in, and are widened so that they hold the score.
  const lowest = least([bound("lowest"), score].filter(Boolean).concat(weight ? [] : [NOTHING]));
  const highest = most([bound("highest"), score].filter(Boolean).concat(weight ? [] : [ALL]));
  const level = levelOf(panel, questionnaire, score, ones);
  return {
    score: score && points(score),
    exact: score && times(score, whole(100)).join("/"),
    level,
    gated_level: level,
    coverage: total("valued") / (weight || 1),
    visibility: weight ? (weight - total("unsure")) / weight : 1,
    lowest: points(lowest),
    highest: points(highest),
    n: panel.isPanel ? n : 1,
    interval: interval(panel, scores, t),
  };
}

// --- the whole ---

/** Return the gated level, and the foundations that hold it or leave it open. */
function gated(gate, additive, foundations) {
  const ids = (found) => found.map(([id]) => id);
  const unknown = foundations.filter(([, level]) => level === null);
  if (gate == null || additive === null || !foundations.length) return [additive, []];
  if (unknown.length) return [null, ids(unknown)];
  const lowest = Math.min(...foundations.map(([, level]) => level));
  if (lowest + gate >= additive) return [additive, []];
  return [lowest + gate, ids(foundations.filter(([, level]) => level === lowest))];
}

/**
 * Return what `cx-maturity score` prints for one wave.
 *
 * *t* is t.json: [degrees of freedom, 97.5 % point of Student's t], ascending.
 */
export function scores(questionnaire, wave, t) {
  const panel = {
    isPanel: Boolean(wave.respondents),
    people: wave.respondents ?? [{ answers: wave.answers }],
    balanced: isBalanced(wave),
    population: wave.population ?? {},
  };
  const top = tree(questionnaire, wave.subset);
  const ones = new Map();
  for (const { answers } of panel.people) respondent(questionnaire, top, answers, ones);
  const measured = (node) => measure(panel, questionnaire, ones.get(node), t);
  const groups = top.parts.flatMap((d) => [d, ...d.parts.filter((part) => part.isCapability)]);
  const found = new Map(groups.map((node) => [node, measured(node)]));
  const overall = measured(top);
  const foundations = groups
    .filter((node) => node.foundation && ones.get(node).some((one) => one.applicable))
    .map((node) => [node.id, found.get(node).level]);
  const [level, held] = gated(questionnaire.gate, overall.level, foundations);
  const list = (nodes) => Object.fromEntries(nodes.map((node) => [node.id, found.get(node)]));
  return {
    questionnaire: questionnaire.id,
    version: questionnaire.version,
    subset: wave.subset,
    wave: wave.id,
    overall: { ...overall, gated_level: level, held_by: held },
    dimensions: list(top.parts),
    capabilities: list(groups.filter((node) => node.isCapability)),
  };
}
