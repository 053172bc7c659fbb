//! regorus: Rego in Rust. A policy that is read once, evaluated on an object of the facts.
//!
//! Usage: regorus_peer FOLDER list | version | answers NAME ROWS FILE | measure NAME ROWS SECONDS
//! FOLDER has appliances.rego and cars.rego.
use regorus::{Engine, Value};
use std::time::{Duration, Instant};

const AGREEMENT: usize = 100_000;
const DISTINCT: usize = 65_536;
const FACTS: usize = 8;
const APPLIANCES: [&str; FACTS] =
    ["date", "category", "tier", "list_price", "discounts", "participating", "takes_back", "buyer"];
const CARS: [&str; FACTS] =
    ["invoiced_on", "papers_on", "old_fuel", "old_registered_on", "held_since", "drive", "displacement", "price"];

struct Decider {
    engine: Engine,
    rule: String,
}

impl Decider {
    fn new(folder: &str, programme: &str) -> Decider {
        let mut engine = Engine::new();
        engine.add_policy_from_file(format!("{folder}/{programme}.rego")).expect("the rules");
        Decider { engine, rule: format!("data.{programme}.answer") }
    }

    /// Outcome, amount, failures.
    fn decide(&mut self, case: &Value) -> [i32; 3] {
        self.engine.set_input(case.clone());
        let answer = self.engine.eval_rule(self.rule.clone()).expect("an answer");
        let numbers = answer.as_array().expect("three numbers");
        std::array::from_fn(|i| numbers[i].as_i64().expect("a number") as i32)
    }
}

fn rows(folder: &str, programme: &str, count: usize) -> Vec<Value> {
    let data = std::fs::read(format!("{folder}/{programme}.rows")).expect("the rows");
    let all = data.len() / 4 / FACTS;
    let names = if programme == "cars" { CARS } else { APPLIANCES };
    let number = |c: usize, i: usize| {
        let at = 4 * (c * all + i);
        i32::from_le_bytes(data[at..at + 4].try_into().expect("four bytes"))
    };
    let case = |i: usize| {
        let mut out = Value::new_object();
        let members = out.as_object_mut().expect("an object");
        for (c, name) in names.iter().enumerate() {
            members.insert(Value::from(*name), Value::from(i64::from(number(c, i))));
        }
        out
    };
    (0..count).map(case).collect()
}

/// Nanoseconds of one decision. It has one thread that never waits; the clock on the wall is what Rust offers.
fn measure(decider: &mut Decider, cases: &[Value], seconds: f64) -> f64 {
    for case in &cases[..1000] {
        decider.decide(case);
    }
    let mut laps = Vec::new();
    let begin = Instant::now();
    let mut at = 0;
    while begin.elapsed() < Duration::from_secs_f64(seconds) || laps.len() < 3 {
        let lap = Instant::now();
        for case in &cases[at..at + 500] {
            decider.decide(case);
        }
        laps.push(lap.elapsed().as_nanos() as f64 / 500.0);
        at = (at + 500) % 65_000;
    }
    laps.sort_by(f64::total_cmp);
    laps[laps.len() / 2]
}

/// As the lock file has it.
fn version() -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let entry = lock.split("name = \"regorus\"\nversion = \"").nth(1).unwrap_or("\"");
    entry.split('"').next().unwrap_or("")
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let programme = || words[2].split('/').nth(1).expect("a programme");
    match words[1].as_str() {
        "version" => println!("regorus {}", version()),
        "list" => println!("one/appliances/regorus\none/cars/regorus"),
        "answers" => {
            let mut decider = Decider::new(&words[0], programme());
            let cases = rows(&words[3], programme(), AGREEMENT);
            let bytes: Vec<u8> =
                cases.iter().flat_map(|case| decider.decide(case)).flat_map(i32::to_le_bytes).collect();
            std::fs::write(&words[4], bytes).expect("the answers");
        }
        _ => {
            let mut decider = Decider::new(&words[0], programme());
            let cases = rows(&words[3], programme(), DISTINCT);
            println!("{}", measure(&mut decider, &cases, words[4].parse().expect("seconds")));
        }
    }
}
