//! On-time chances: against an enumeration written another way, repeatable, on screen and command
//! line; the three on-time rates, also on real deliveries.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gendan::app::outlook::ChanceOf;
use gendan::domain::calendar::Calendar;
use gendan::domain::production::ProductionOrder;
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::rule::odds::Odds;
use gendan::domain::rule::on_time::{Base, Part, Within, percent, rate};
use gendan::domain::rule::production;
use gendan::domain::rule::usual::{self, Usual};
use gendan::domain::world::World;
use gendan::panel::PartKind;
use gendan::plan::forecast::{EXACT_MAX, Goal, Link, Luck, Network, Node, Step};
use gendan::plan::gather;
use gendan::plan::input::{DAY, Minute};
use gendan::plan::timeline::Timeline;
use gendan::report::{self, Name, Scope};
use gendan::text::{Lang, chance as words};
use proptest::prelude::*;

use crate::command_line::{factory, out, run, said};
use crate::support::User;

const NEVER: fn() -> bool = || false;

fn luck(key: &str, parts: &[(i64, i64)], planned: i64) -> Luck {
    Luck {
        key: key.to_owned(),
        odds: Odds::of(parts.iter().copied()).unwrap(),
        planned,
    }
}

fn days(from: Minute, after: &[usize], luck: usize) -> Node {
    Node {
        step: Step::Days,
        from,
        after: after.iter().map(|n| (*n, Link::End(0))).collect(),
        luck: Some(luck),
    }
}

/// A node for every luck; each waits for those named.
fn network(lucks: Vec<Luck>, after: &[&[usize]], due_days: Minute) -> Network {
    let nodes: Vec<Node> = after
        .iter()
        .enumerate()
        .map(|(n, a)| days(0, a, n))
        .collect();
    let last = nodes.len() - 1;
    Network {
        now: 0,
        timelines: vec![Timeline::always(0)],
        lucks,
        goals: vec![Goal {
            id: 7,
            nodes: (0..nodes.len()).collect(),
            targets: vec![(last, due_days * DAY)],
        }],
        nodes,
    }
}

#[test]
fn two_materials_that_join_are_what_the_product_of_their_chances_says() {
    // Zip: 7 of 10 on the day, 3 of 10 five days late; fabric: 9 of 10, 1 of 10 ten days late.
    // Both join in one operation of two days, due after four: 0.7 × 0.9 = 63 %.
    let zip = luck("zip", &[(0, 7), (5, 3)], 0);
    let fabric = luck("fabric", &[(0, 9), (10, 1)], 0);
    let sewing = luck("sewing", &[(2, 1)], 2);
    let net = network(vec![zip, fabric, sewing], &[&[], &[], &[0, 1]], 4);
    let answer = &net.answers(1, &NEVER).unwrap()[0];
    assert!(answer.exact);
    assert_eq!(answer.percent, 63);
    // With the zip on its day 90 % are left, with the fabric on its day 70 %; the operation is sure.
    let gains: Vec<(usize, i64)> = answer.fixes.iter().map(|f| (f.luck, f.gain)).collect();
    assert_eq!(gains, [(0, 27), (1, 7)]);
    assert_eq!((answer.p50, answer.p80), (2 * DAY, 7 * DAY));
    // 0.27 are three days late (day 7), 0.1 are eight (day 12): 1.61 days in the mean.
    assert_eq!(answer.late_days, Micro(1_610_000));
}

#[test]
fn a_chain_adds_up_and_a_cut_off_that_is_missed_costs_a_week() {
    let first = luck("first", &[(1, 1), (3, 1)], 1);
    let second = luck("second", &[(1, 3), (2, 1)], 1);
    // Ready on day 2, 3, 4 or 5 with 3/8, 1/8, 3/8, 1/8.
    let mut net = network(vec![first, second], &[&[], &[0]], 3);
    let answer = net.answers(1, &NEVER).unwrap().remove(0);
    assert_eq!(
        (answer.percent, answer.p50, answer.p80),
        (50, 3 * DAY, 4 * DAY)
    );
    let best = &answer.fixes[0];
    assert_eq!((best.luck, best.gain, best.days), (0, 50, 1));
    net.nodes.push(Node {
        step: Step::Sailing {
            cut_off: 4 * DAY,
            leaves: 5 * DAY,
            every_days: 7,
        },
        from: 0,
        after: vec![(1, Link::End(0))],
        luck: None,
    });
    net.goals[0].nodes.push(2);
    net.goals[0].targets = vec![(2, 6 * DAY)];
    let answer = net.answers(1, &NEVER).unwrap().remove(0);
    assert_eq!(
        (answer.percent, answer.p50),
        (88, 5 * DAY),
        "7 of 8, half up"
    );
    assert_eq!(answer.late_days, Micro(750_000), "six days with 1/8");
}

/// Work in open minutes: a day of eight hours, a week of five days.
fn factory_hours() -> Timeline {
    let shifts = gendan::domain::calendar::parse_shifts("08:00-16:00").unwrap();
    let mut calendar = Calendar::always("DAY");
    for (at, day) in calendar.week.iter_mut().enumerate() {
        *day = if at < 5 { shifts.clone() } else { vec![] };
    }
    Timeline::compile(&calendar, 0, &[], &[])
}

#[test]
fn work_takes_its_per_cent_of_open_time_and_a_line_in_front_holds_it_up() {
    // Minute zero is a Saturday: work begins on Monday, day 2. The line is taken by another order
    // for one day, or for two with one half; then a day of our own, or a day and a half with 1/4.
    let line = luck("other", &[(100, 1), (200, 1)], 100);
    let own = luck("own", &[(100, 3), (150, 1)], 100);
    let work = |after: Vec<(usize, Link)>, luck| Node {
        step: Step::Work {
            timeline: 0,
            minutes: 480,
        },
        from: 0,
        after,
        luck: Some(luck),
    };
    let net = Network {
        now: 0,
        timelines: vec![factory_hours()],
        lucks: vec![line, own],
        nodes: vec![work(vec![], 0), work(vec![(0, Link::End(0))], 1)],
        goals: vec![Goal {
            id: 1,
            nodes: vec![1],
            targets: vec![(1, 4 * DAY)],
        }],
    };
    let answer = net.answers(1, &NEVER).unwrap().remove(0);
    // In time is only Monday and Tuesday without any delay: 1/2 × 3/4.
    assert_eq!(answer.percent, 38);
    assert_eq!(answer.p50, 4 * DAY + 12 * 60, "Wednesday noon");
    // What is another's is not ours to fix.
    assert_eq!(answer.fixes.len(), 1);
    assert_eq!((answer.fixes[0].luck, answer.fixes[0].gain), (1, 12));
}

/// The outcomes of a network of days, by recursion over the lucks with exact shares.
fn by_hand(net: &Network, fixed: Option<usize>) -> (i128, i128, BTreeMap<Minute, i128>) {
    fn go(
        net: &Network,
        fixed: Option<usize>,
        values: &mut Vec<i64>,
        weight: i128,
        out: &mut (i128, i128, BTreeMap<Minute, i128>),
    ) {
        if let Some(next) = net.lucks.get(values.len()) {
            for (value, share) in next.odds.parts() {
                let value = if fixed == Some(values.len()) {
                    next.planned
                } else {
                    value
                };
                values.push(value);
                go(net, fixed, values, weight * i128::from(share.0), out);
                values.pop();
            }
            return;
        }
        fn end(net: &Network, n: usize, values: &[i64]) -> Minute {
            let node = &net.nodes[n];
            let before = node.after.iter().map(|(b, _)| end(net, *b, values)).max();
            (before.unwrap_or(0).max(node.from) + values[node.luck.unwrap()] * DAY).max(0)
        }
        let (last, due) = net.goals[0].targets[0];
        let finish = end(net, last, values);
        out.0 += if finish <= due { weight } else { 0 };
        out.1 += weight;
        *out.2.entry(finish).or_default() += weight;
    }
    let mut out = (0, 0, BTreeMap::new());
    go(net, fixed, &mut Vec::new(), 1, &mut out);
    out
}

fn rounded(part: i128, whole: i128) -> i64 {
    i64::try_from((part * 100 + whole / 2) / whole).unwrap()
}

fn odds() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((-2_i64..12, 1_i64..9), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn two_and_three_steps_equal_the_enumeration(
        a in odds(), b in odds(), c in odds(), shape in 0_usize..5, due in 0_i64..20,
    ) {
        let shapes: [&[&[usize]]; 5] =
            [&[&[], &[0]], &[&[], &[], &[0, 1]], &[&[], &[0], &[1]], &[&[], &[0], &[0, 1]], &[&[], &[], &[1]]];
        let lucks = [luck("a", &a, 0), luck("b", &b, 1), luck("c", &c, 0)];
        let shape = shapes[shape];
        let net = network(lucks[..shape.len()].to_vec(), shape, due);
        let answer = net.answers(1, &NEVER).unwrap().remove(0);
        let (hits, all, finishes) = by_hand(&net, None);
        prop_assert!(answer.exact);
        prop_assert_eq!(answer.percent, rounded(hits, all));
        for (percent, told) in [(50, answer.p50), (80, answer.p80)] {
            let mut sum = 0;
            let kept = finishes.iter().find(|(_, w)| { sum += **w; sum * 100 >= all * percent });
            prop_assert_eq!(told, *kept.unwrap().0);
        }
        for fix in &answer.fixes {
            let (hits, all, _) = by_hand(&net, Some(fix.luck));
            prop_assert_eq!(fix.gain, rounded(hits, all) - answer.percent);
        }
    }

    #[test]
    fn many_outcomes_are_drawn_near_the_truth_and_the_same_every_time(
        parts in prop::collection::vec(odds(), 8), due in 5_i64..40,
    ) {
        // A chain of eight with up to four outcomes each; those of few outcomes are exact.
        let lucks: Vec<Luck> = parts.iter().enumerate().map(|(n, p)| luck(&format!("l{n}"), p, 0)).collect();
        let before: Vec<Vec<usize>> = (0..8).map(|n| if n == 0 { vec![] } else { vec![n - 1] }).collect();
        let before: Vec<&[usize]> = before.iter().map(Vec::as_slice).collect();
        let net = network(lucks, &before, due);
        let answer = net.answers(1_000, &NEVER).unwrap().remove(0);
        prop_assert_eq!(&answer, &net.answers(1_000, &NEVER).unwrap()[0]);
        let outcomes: usize = net.lucks.iter().map(|l| l.odds.parts().count()).product();
        prop_assert_eq!(answer.exact, outcomes <= EXACT_MAX);
        // The truth by folding the chain: finish by finish.
        let mut at: BTreeMap<Minute, f64> = BTreeMap::from([(0, 1.0)]);
        for luck in &net.lucks {
            let mut next: BTreeMap<Minute, f64> = BTreeMap::new();
            for (end, p) in &at {
                for (value, share) in luck.odds.parts() {
                    *next.entry((end + value * DAY).max(0)).or_default() += p * share.0 as f64 / 1e6;
                }
            }
            at = next;
        }
        let truth: f64 = at.iter().filter(|(end, _)| **end <= due * DAY).map(|(_, p)| p * 100.0).sum();
        let slack = if answer.exact { 0.51 } else { 5.0 };
        prop_assert!((truth - answer.percent as f64).abs() <= slack, "{truth} {}", answer.percent);
    }
}

#[test]
fn where_all_goes_as_planned_the_chain_ends_as_the_plan_does() {
    let user = User::demo(Lang::Zh);
    let (world, outlook) = (&user.app.world, &user.app.outlook);
    let (mut net, things) = gather::chain(world, user.app.store.clock().now(), outlook);
    for luck in &mut net.lucks {
        luck.odds = Odds::sure(luck.planned);
    }
    let mut orders = 0;
    for answer in net.answers(1, &NEVER).unwrap() {
        let order = world.orders.get(answer.id).unwrap();
        let made: Vec<_> = production::of_order(world, order).collect();
        let begun = |m: &&ProductionOrder| production::is_begun(world, m);
        let booked = world.shipments.of(order.id).any(|s| s.shipped_on.is_none());
        // What runs goes on at its own pace; what is booked leaves when its ship does.
        if made.is_empty() || made.iter().any(begun) || booked {
            continue;
        }
        orders += 1;
        let planned = made
            .iter()
            .filter_map(|m| outlook.finishes.get(&m.id))
            .map(|f| f.ends)
            .max();
        let finish = gendan::plan::input::end_day_of(answer.p50);
        assert_eq!(Some(finish), planned.map(|at| at.date()), "{}", order.no);
    }
    assert!(orders > 0 && things.len() == net.lucks.len());
}

#[test]
fn a_cancelled_question_has_no_answer() {
    let sure = luck("sure", &[(0, 1), (1, 1)], 0);
    let net = network(vec![sure], &[&[]], 0);
    assert_eq!(net.answers(10, &|| true), None);
}

#[test]
fn usual_times_start_from_what_is_assumed_and_learn() {
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let none = Usual::of(&World::default(), today);
    let assumed = Odds::of(usual::QUERY_DAYS.iter().copied()).unwrap();
    assert_eq!(none.query, assumed);
    assert_eq!(none.work_of(Some(1)), none.work);
    let user = User::demo(Lang::Zh);
    let learned = Usual::of(&user.app.world, today);
    assert_ne!(learned.query, assumed, "the factory has answered queries");
}

#[test]
fn every_live_order_with_something_known_has_a_chance_on_screen_and_command_line() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        let chances = user.app.outlook.chances.clone();
        assert!(chances.len() >= 5, "{}", chances.len());
        let again = gather::outlook(&user.app.world, user.app.store.clock().now(), 50, &NEVER);
        assert_eq!(
            again.unwrap().chances,
            chances,
            "the same seed, the same figure"
        );
        let (id, chance) = chances
            .iter()
            .find(|(_, c)| c.first().is_some_and(|i| i.gain > 0))
            .unwrap();
        let no = user.app.world.orders.get(*id).unwrap().no.clone();
        user.size = (160, 45);
        user.press("5").row(&no).part(PartKind::Chance);
        let screen = user.screen();
        let first = chance.first().unwrap();
        let what = words::what(&user.app.world, first.of, lang);
        for text in [
            what.split(' ').next().unwrap(),
            &format!("+{}", first.gain),
            words::CHANCE.text(lang),
        ] {
            assert!(screen.contains(text), "{text}\n{screen}");
        }
        assert!(
            screen.contains(&format!("{}%", chance.percent))
                || screen.contains(&format!("{} %", chance.percent))
        );
        user.press("enter");
        assert_eq!(user.app.stage, words::stage(first.of));
        user.size = (80, 24);
        user.press("5");
        assert!(
            user.screen().contains(words::CHANCE.text(lang)),
            "{}",
            user.screen()
        );
    }
}

#[test]
fn a_supplier_who_names_a_later_day_lowers_the_chance() {
    let mut user = User::demo(Lang::En);
    let waits = |user: &User| {
        let c = &user.app.outlook.chances;
        let of = |(id, c): (&i64, &gendan::app::outlook::Chance)| {
            let item = c.items.iter().find_map(|i| match i.of {
                ChanceOf::Purchase(p) => Some(p),
                _ => None,
            })?;
            (c.percent > 0).then_some((*id, item))
        };
        c.iter().find_map(of)
    };
    let (order, purchase) = waits(&user).expect("an order waits for a purchase");
    let before = user.app.outlook.chances[&order].clone();
    let late = user.today() + chrono::Days::new(200);
    let mut promises: Vec<_> = user.app.world.promises.iter().cloned().collect();
    promises.push(gendan::domain::purchase::Promise {
        id: 1_000_000,
        purchase_id: purchase,
        date: late,
        said_on: user.today(),
        ..Default::default()
    });
    user.app.world.promises = gendan::domain::world::Rows::new(promises);
    let after = gather::outlook(&user.app.world, user.app.store.clock().now(), 50, &NEVER).unwrap();
    let after = &after.chances[&order];
    assert!(
        after.percent < before.percent && after.p80 > before.p80,
        "{before:?} {after:?}"
    );
}

#[test]
fn an_empty_file_has_no_chances_and_says_so() {
    for lang in [Lang::Zh, Lang::En] {
        let user = User::new(lang);
        assert!(user.app.outlook.chances.is_empty());
        let scope = scope(&user, lang);
        assert_eq!(
            report::make(Name::LateRisk, &scope),
            Err(report::Lacks::Rows)
        );
    }
}

fn scope(user: &User, lang: Lang) -> Scope<'_> {
    Scope {
        partner: "",
        world: &user.app.world,
        outlook: &user.app.outlook,
        now: user.app.store.clock().now(),
        today: user.today(),
        lang,
        order: None,
        from: None,
        to: None,
    }
}

/// Between the improved plan and its chances those of the plan before stand, and say so.
#[test]
fn chances_of_the_plan_before_are_told_from_those_of_this_one() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        let computing = gendan::text::failure::COMPUTING.text(lang);
        user.size = (160, 45);
        user.press("5").row("SO-0105");
        assert!(!user.screen().contains(computing));
        user.app.outlook.chances_current = false;
        user.app.refresh();
        assert!(user.screen().contains(computing), "{}", user.screen());
        assert_eq!(
            report::make(Name::LateRisk, &scope(&user, lang)),
            Err(report::Lacks::Chances)
        );
    }
}

#[test]
fn the_late_risk_list_is_ordered_by_expected_loss_and_names_what_to_fix_first() {
    for lang in [Lang::Zh, Lang::En] {
        let user = User::demo(lang);
        let paper = report::make(Name::LateRisk, &scope(&user, lang)).unwrap();
        let rows = &paper.tables[0].rows;
        assert_eq!(rows.len(), user.app.outlook.chances.len());
        assert!(
            rows.iter()
                .all(|r| r.len() == paper.tables[0].columns.len())
        );
        let losses: Vec<Micro> = rows
            .iter()
            .map(|r| match r[10].value {
                report::paper::Value::Qty(loss) => loss,
                _ => panic!("a loss is a quantity"),
            })
            .collect();
        assert!(losses.windows(2).all(|w| w[0] >= w[1]), "{losses:?}");
        for r in rows {
            let order = user
                .app
                .world
                .orders
                .iter()
                .find(|o| o.no == r[0].plain())
                .unwrap();
            let chance = &user.app.outlook.chances[&order.id];
            assert_eq!(r[4].plain(), chance.percent.to_string());
            let weight = gendan::domain::rule::delivery::weight(&user.app.world, order);
            assert_eq!(
                r[10].plain(),
                chance.late_days.times(weight).round_to(2).text()
            );
            assert_eq!(r[11].plain().is_empty(), chance.first().is_none());
            assert_eq!(r[13].plain().is_empty(), chance.first().is_none());
        }
    }
}

#[test]
fn chances_are_data_on_the_command_line() {
    let (folder, db) = factory();
    let json = run(
        folder.path(),
        &["--db", &db, "list", "chances", "--format", "json"],
    );
    assert!(json.status.success(), "{}", said(&json));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out(&json)).unwrap();
    assert!(rows.len() >= 5);
    for row in &rows {
        let chance = row["chance"].as_i64().unwrap();
        assert!((0..=100).contains(&chance));
        assert!(row["p50"].as_str().unwrap() <= row["p80"].as_str().unwrap());
        assert!(row["order"].as_str().unwrap().starts_with("SO-"));
    }
    let twice = run(
        folder.path(),
        &["--db", &db, "list", "chances", "--format", "json"],
    );
    assert_eq!(out(&twice), out(&json));
}

fn part(ordered: i64, date: &str, delivered: &[(&str, i64)]) -> Part {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Part {
        dates: [Some(day(date)); 3],
        qty: Qty::whole(ordered),
        delivered: delivered
            .iter()
            .map(|(d, q)| (day(d), Qty::whole(*q)))
            .collect(),
        ..Part::default()
    }
}

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

#[test]
fn rates_have_two_places() {
    let text = |part, whole| percent(part, whole).unwrap().text_fixed(2);
    assert_eq!(text(1_080, 1_200), "90.00");
    assert_eq!(text(440, 450), "97.78");
    assert_eq!(text(1, 3), "33.33");
    assert_eq!(text(2, 3), "66.67");
    assert_eq!(percent(0, 0), None);
    // 1,200 lines, 1,080 of them in full and on time; the others short, late or never delivered.
    let lines: Vec<Part> = (0..1_200)
        .map(|n| match n {
            0..1_080 => part(10, "2026-11-10", &[("2026-11-08", 4), ("2026-11-10", 6)]),
            1_080..1_120 => part(10, "2026-11-10", &[("2026-11-09", 9)]),
            1_120..1_160 => part(10, "2026-11-10", &[("2026-11-11", 10)]),
            _ => part(10, "2026-11-10", &[]),
        })
        .collect();
    let r = rate(&lines, Base::Requested, Within::default(), today());
    assert_eq!((r.due, r.in_full_on_time, r.on_time), (1_200, 1_080, 1_120));
    assert_eq!(r.in_full_percent().unwrap().text_fixed(2), "90.00");
    let lines: Vec<Part> = (0..450)
        .map(|n| {
            part(
                5,
                "2026-10-01",
                &[(if n < 440 { "2026-10-01" } else { "2026-10-02" }, 5)],
            )
        })
        .collect();
    let r = rate(&lines, Base::LatestPromise, Within::default(), today());
    assert_eq!(r.on_time_percent().unwrap().text_fixed(2), "97.78");
}

#[test]
fn nothing_delivered_is_late_from_the_day_after_its_date() {
    let never = |date| vec![part(10, date, &[])];
    let count = |lines: &[Part]| {
        let r = rate(lines, Base::Requested, Within::default(), today());
        (r.due, r.on_time, r.in_full_on_time)
    };
    assert_eq!(count(&never("2026-11-22")), (1, 0, 0));
    assert_eq!(count(&never("2026-11-23")), (0, 0, 0), "today is not over");
    assert_eq!(count(&never("2026-11-24")), (0, 0, 0));
    assert_eq!(
        count(&[part(10, "2026-11-24", &[("2026-11-20", 10)])]),
        (1, 1, 1)
    );
    let outcome = never("2026-11-20")[0]
        .outcome(Base::Requested, today())
        .unwrap();
    assert_eq!(outcome.days, 3);
}

#[test]
fn tolerance_parts_and_periods_decide_what_counts() {
    let mut short = part(100, "2026-11-10", &[("2026-11-09", 97)]);
    let full = |p: &Part| p.outcome(Base::Requested, today()).unwrap().in_full_on_time;
    assert!(!full(&short));
    short.under = Micro(30_000);
    assert!(full(&short));
    // The second part of a line is there when both are.
    let mut second = part(40, "2026-11-10", &[("2026-11-09", 60), ("2026-11-12", 40)]);
    second.before = Qty::whole(60);
    let o = second.outcome(Base::Requested, today()).unwrap();
    assert_eq!((o.in_full_on_time, o.on_time, o.days), (false, false, 2));
    // The period is that of the base in question.
    let mut moved = part(1, "2026-11-10", &[("2026-11-20", 1)]);
    moved.dates[2] = Some("2026-12-01".parse().unwrap());
    let november = Within {
        from: "2026-11-01".parse().ok(),
        to: "2026-11-30".parse().ok(),
    };
    let due = |base| rate([&moved], base, november, today()).due;
    assert_eq!(
        (
            due(Base::Requested),
            due(Base::FirstPromise),
            due(Base::LatestPromise)
        ),
        (1, 1, 0)
    );
}

#[test]
fn rates_on_real_deliveries_equal_a_count_of_the_file() {
    let Some(cases) = std::env::var_os("GENDAN_CASES") else {
        println!("skipped: GENDAN_CASES names no folder");
        return;
    };
    let path = std::path::Path::new(&cases).join("cases/scms.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|h| h == name).unwrap();
    let (due, came, qty) = (
        at("Scheduled Delivery Date"),
        at("Delivered to Client Date"),
        at("Line Item Quantity"),
    );
    // Counted apart: dates as year, month, day numbers, without a date type.
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let number = |text: &str| -> i64 {
        let bits: Vec<&str> = text.split('-').collect();
        let month = months.iter().position(|m| *m == bits[1]).unwrap() as i64 + 1;
        (2_000 + bits[2].parse::<i64>().unwrap()) * 10_000
            + month * 100
            + bits[0].parse::<i64>().unwrap()
    };
    let mut parts = Vec::new();
    let mut by_hand: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let (d, c) = (number(&row[due]), number(&row[came]));
        for year in [0, d / 10_000] {
            let sum = by_hand.entry(year).or_default();
            sum.0 += 1;
            sum.1 += i64::from(c <= d);
        }
        let day = |text: &str| NaiveDate::parse_from_str(text, "%d-%b-%y").unwrap();
        let pieces = Qty::whole(row[qty].parse().unwrap());
        parts.push(Part {
            dates: [Some(day(&row[due])), None, None],
            qty: pieces,
            delivered: vec![(day(&row[came]), pieces)],
            ..Part::default()
        });
    }
    assert_eq!(parts.len(), 10_324);
    for (year, (all, kept)) in by_hand {
        let edge =
            |month, day| NaiveDate::from_ymd_opt(year as i32, month, day).filter(|_| year > 0);
        let within = Within {
            from: edge(1, 1),
            to: edge(12, 31),
        };
        let r = rate(&parts, Base::Requested, within, today());
        assert_eq!(
            (r.due, r.in_full_on_time, r.on_time),
            (all, kept, kept),
            "{year}"
        );
        let exact = (kept * 20_000 + all) / (2 * all);
        assert_eq!(r.on_time_percent().unwrap().0, exact * 10_000);
        assert_eq!(rate(&parts, Base::FirstPromise, within, today()).due, 0);
    }
}
