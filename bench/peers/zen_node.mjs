// GoRules Zen through Node: a case as JSON text in, the answer as JSON text out.
// Usage: node zen_node.mjs MODULES PYTHON version | list | answers NAME ROWS FILE | measure NAME ROWS SECONDS
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [modules, python, word, name = "", rows, last] = process.argv.slice(2);
const need = createRequire(path.resolve(modules, "package.json"));
const { ZenEngine } = need("@gorules/zen-engine");

const AGREEMENT = 100_000;
const number = (words) => Object.fromEntries(words.map((one, i) => [one, i]));
const category = number(["fridge", "washer", "tv", "air_conditioner", "computer", "water_heater", "stove", "range_hood", "water_purifier",
  "dishwasher", "rice_cooker", "microwave", "phone", "tablet", "watch_or_band", "smart_glasses", "other_goods"]);
const tier = number(["level1", "level2", "level3", "level4", "level5", "fails"]);
const buyer = number(["individual", "company", "household_business"]);
const fuel = number(["petrol", "diesel", "other_fuel", "new_energy"]);
const day = (text) => Date.parse(text) / 86_400_000;
const fen = (yuan) => Math.round(yuan * 100);

const facts = {
  appliances: ({ purchase: p, seller, buyer: who }) => ({
    date: day(p.date), category: category[p.category], tier: p.tier === null ? 6 : tier[p.tier], list_price: fen(p.list_price),
    discounts: fen(p.discounts), participating: Number(seller.participating), takes_back: Number(seller.takes_back), buyer: buyer[who.kind],
  }),
  cars: ({ 申请: asked, 旧车: old, 新车: now }) => ({
    invoiced_on: day(now.开票日期), papers_on: day(asked.提交日期), old_fuel: fuel[old.燃料], old_registered_on: day(old.登记日期),
    held_since: day(old.转入日期), drive: now.类别 === "nev" ? 0 : 1, displacement: Math.round((now.排量 ?? 0) * 1000), price: fen(now.价税合计),
  }),
};
const failures = {
  appliances: ["consumer", "shop", "listed", "efficient", "take_back"],
  cars: ["旧车登记", "新车范围", "材料日期", "按期申请", "持有", "年内办结", "定额", "从价"],
};
const outcomes = { 0: "eligible", 1: "ineligible", 3: "referred", 4: "not_in_force" };

const [, programme] = name.split("/");

function decider() {
  const graph = execFileSync(python, [fileURLToPath(new URL("zen_graph.py", import.meta.url)), programme]);
  const decision = new ZenEngine().createDecision(graph);
  return async (text) => {
    const { result } = await decision.evaluate(facts[programme](JSON.parse(text)));
    const failed = failures[programme].filter((_, i) => (result.failed >> i) & 1);
    return JSON.stringify({ outcome: outcomes[result.outcome], amount: result.outcome === 0 ? result.amount / 100 : undefined, failed });
  };
}

function texts() {
  return fs.readFileSync(path.join(rows, `${programme}.jsonl`), "utf8").trimEnd().split("\n");
}

async function answers() {
  const decide = decider();
  const all = texts().slice(0, AGREEMENT);
  const out = new Int32Array(all.length * 3);
  for (const [i, text] of all.entries()) {
    const answer = JSON.parse(await decide(text));
    out[3 * i] = Number(Object.keys(outcomes).find((key) => outcomes[key] === answer.outcome));
    out[3 * i + 1] = Math.round((answer.amount ?? 0) * 100);
    for (const failure of answer.failed) out[3 * i + 2] |= 1 << failures[programme].indexOf(failure);
  }
  fs.writeFileSync(last, out);
}

// Its engine answers on threads of its own, so the clock on the wall is taken, one case after the other; median of a thousand at a time.
async function measure() {
  const decide = decider();
  const all = texts();
  for (const text of all.slice(0, 2000)) await decide(text);
  const laps = [];
  const end = performance.now() + last * 1000;
  for (let at = 0; performance.now() < end || laps.length < 3; at = (at + 1000) % 64_000) {
    const begin = performance.now();
    for (const text of all.slice(at, at + 1000)) await decide(text);
    laps.push((performance.now() - begin) * 1000);
  }
  console.log(laps.sort((a, b) => a - b)[laps.length >> 1]);
}

if (word === "version") console.log(`GoRules Zen ${need("@gorules/zen-engine/package.json").version} in Node ${process.versions.node}`);
else if (word === "list") console.log("json/appliances/zen_node\njson/cars/zen_node");
else await (word === "answers" ? answers() : measure());
