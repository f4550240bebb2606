//! Forecast, curve, queue, imbalance and silence against plain counts.

use super::*;
use crate::command_line::{out, run, said};
use crate::support::write_file;
use chrono::NaiveDate;
use gendan::app::outlook::Outlook;
use gendan::domain::moment::Moment;
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::rule::figures::{Doubt, Entry, doubts};
use gendan::panel::{Content, PartKind};
use gendan::plan::forecast::{curve, imbalance, order_curve};
use gendan::plan::gather;
use proptest::prelude::*;

#[path = "../../benches/histories.rs"]
mod histories;

use histories::{Chance, GOAL, NOISES, Score};

#[test]
fn nine_in_ten_forecasts_at_half_done_are_within_one_working_day() {
    let calendar = histories::calendar();
    for noise in &NOISES[..GOAL] {
        let (mut chance, mut score) = (Chance::new(5), Score::default());
        while score.count < 400 {
            if let Some(history) = histories::history(noise, &mut chance, &calendar) {
                score.add(&history, &calendar);
            }
        }
        let (near, inside) = (score.share(score.near), score.share(score.inside));
        assert!(near >= 0.9, "{}: {near}", noise.name);
        assert!(inside >= 0.8, "{}: {inside}", noise.name);
        assert!(score.mean_off() < 1.0, "{}", noise.name);
    }
}

/// A world of one order with those daily figures of three operations, days back from Saturday.
fn world(days: &[[i64; 3]]) -> (World, Outlook, Moment) {
    let mut rows = Vec::new();
    let last: NaiveDate = "2026-11-21".parse().unwrap();
    for (back, goods) in days.iter().rev().enumerate() {
        let date = last - chrono::Days::new(back as u64);
        for (at, good) in goods.iter().enumerate().filter(|(_, good)| **good > 0) {
            let seq = (at + 1) * 10;
            rows.push(format!(
                r#"{{ "date": "{date}", "production_order": "MO-001", "seq": {seq}, "good": "{good}" }}"#
            ));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, clock(MONDAY), "li").unwrap();
    let file = json::parse(&factory(1, &rows.join(","))).unwrap();
    json::bring(&mut store, &file, "").unwrap();
    let world = store.world().unwrap();
    let now = Moment::parse(MONDAY).unwrap();
    let outlook = gather::outlook(&world, now, 0, &|| false).unwrap();
    (world, outlook, now)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn curves_queues_and_imbalance_are_what_plain_counting_gives(
        days in prop::collection::vec([0_i64..30, 0_i64..20, 0_i64..10], 0..9),
    ) {
        let (world, outlook, now) = world(&days);
        let operations: Vec<_> = world.operations.iter().collect();
        let sums: Vec<i64> = (0..3).map(|at| days.iter().map(|d| d[at]).sum()).collect();
        let mut actual_now = Vec::new();
        for (at, o) in operations.iter().enumerate() {
            let pace = &outlook.paces[&o.id];
            prop_assert_eq!(pace.done, Qty::whole(sums[at]));
            prop_assert_eq!(pace.left, Qty::whole((100 - sums[at]).max(0)));
            let waits = (at > 0).then(|| Qty::whole((sums[at - 1] - sums[at]).max(0)));
            prop_assert_eq!(pace.wip_before, waits);
            let c = curve(&world, &outlook, o.id, now).unwrap();
            // Never falls, begins with nothing, and ends where everything was reported.
            for list in [&c.plan, &c.actual, &c.forecast] {
                let known: Vec<Qty> = list.iter().flatten().copied().collect();
                prop_assert!(known.is_sorted(), "{:?}", known);
            }
            prop_assert_eq!(c.actual.first().copied().flatten(), Some(Micro::ZERO));
            let (_, plan, made) = c.now().unwrap();
            prop_assert_eq!(made, Qty::whole(sums[at]));
            if sums[at] < 100 {
                prop_assert_eq!(c.plan.last().copied().flatten(), Some(Qty::whole(100)));
            }
            prop_assert!(plan.is_some() || sums[at] >= 100);
            if let Some(finish) = pace.finish() {
                let place = (finish - c.first).num_days() as usize;
                let there = c.forecast[place].unwrap();
                prop_assert_eq!(there, Qty::whole(100), "done on the day of the finish");
                prop_assert!(c.forecast[place - 1].is_none_or(|q| q < there));
                let (early, late) = pace.range().unwrap();
                prop_assert!(early <= finish && finish <= late);
            }
            actual_now.push(made.min(Qty::whole(100)));
        }
        let order = world.orders.iter().next().unwrap();
        let whole = order_curve(&world, &outlook, order, now).unwrap();
        let mean: Qty = actual_now.iter().map(|q| q.over(Qty::whole(3))).sum();
        prop_assert_eq!(whole.now().unwrap().2, mean);
        // The longest queue in days of the one it waits for; one that makes nothing stands first.
        let made = world.production_orders.iter().next().unwrap();
        let found = imbalance(&world, &outlook.paces, made);
        let rate = |at: usize| outlook.paces[&operations[at].id].pace.rate_per_day.0;
        let days_of = |at: usize| {
            let by = if rate(at) == 0 { rate(at - 1) } else { rate(at) };
            let queue = (sums[at - 1] - sums[at]).max(0);
            if by == 0 { 0.0 } else { queue as f64 * 1e6 / by as f64 }
        };
        let mut worst: Option<(usize, f64)> = None;
        for (at, sum) in sums.iter().enumerate().skip(1) {
            let own = days_of(at);
            if *sum < 100 && own > 2.000_001 && worst.is_none_or(|(_, w)| w < own) {
                worst = Some((at, own));
            }
        }
        let near_limit = (1..3).any(|at| (days_of(at) - 2.0).abs() < 1e-5);
        let tie = (days_of(1) - days_of(2)).abs() < 1e-5;
        if !near_limit && !tie {
            prop_assert_eq!(found.map(|i| i.holds_up), worst.map(|(at, _)| operations[at].id));
            prop_assert_eq!(found.map(|i| i.ahead), worst.map(|(at, _)| operations[at - 1].id));
        }
    }

    #[test]
    fn a_batch_of_figures_is_doubted_where_its_sums_cannot_be(
        there in [0_i64..60, 0_i64..60, 0_i64..60],
        more in [0_i64..60, 0_i64..60, 0_i64..60],
    ) {
        let mut there = there;
        there[1] = there[1].min(there[0]);
        there[2] = there[2].min(there[1]);
        let (world, ..) = world(&[there]);
        let operations: Vec<i64> = world.operations.iter().map(|o| o.id).collect();
        let entries: Vec<Entry> = (0..3)
            .map(|at| Entry { operation_id: operations[at], good: Qty::whole(more[at]), replaced: Qty::ZERO })
            .collect();
        let said = doubts(&world, &entries);
        for at in 0..3 {
            let total = |n: usize| there[n] + more[n];
            let wanted = if more[at] == 0 {
                None
            } else if at > 0 && total(at) > total(at - 1) {
                let passed = Qty::whole((total(at - 1) - there[at]).max(0));
                Some(Doubt::MoreThanBefore { passed })
            } else if total(at) > 105 {
                Some(Doubt::MoreThanOrdered { most: Qty::whole((105 - there[at]).max(0)) })
            } else {
                None
            };
            prop_assert_eq!(said[at], wanted, "{:?} {:?} {}", there, more, at);
        }
    }
}

#[test]
fn the_screen_says_who_holds_up_who_is_silent_and_draws_the_curve() {
    // Cutting a fifth a day, sewing a little of it and nothing for four days.
    let figures: String = [(13, 20, 4), (14, 20, 4), (16, 20, 4), (17, 20, 4), (18, 19, 0), (19, 0, 0)]
        .iter()
        .flat_map(|(day, cut, sew)| [(*day, 10, *cut), (*day, 20, *sew)])
        .filter(|(.., good)| *good > 0)
        .map(|(day, seq, good)| {
            format!(
                r#"{{ "date": "2026-11-{day}", "production_order": "MO-001", "seq": {seq}, "good": "{good}" }}"#
            )
        })
        .collect::<Vec<_>>()
        .join(",");
    for (lang, silent, holds, legend) in [
        (
            Lang::Zh,
            "车缝 Sewing 已 4 天没有报工（平常 1 天）",
            "车缝 Sewing 压着 83（够做 20 天），裁剪 Cutting 跑在前面",
            "实线 实际",
        ),
        (
            Lang::En,
            "车缝 Sewing: no news for 4 days, usual 1",
            "车缝 Sewing holds up: 83 wait before it, 20 days of its work; 裁剪 Cutting runs ahead",
            "solid actual",
        ),
    ] {
        for (size, ascii) in [((80, 24), false), ((160, 45), false), ((80, 24), true)] {
            let mut user = user(lang, 1, &figures);
            user.size = size;
            if ascii {
                use gendan::theme::{Styles, SymbolSet, Theme, ThemeName};
                user.app.styles = Styles::new(&Theme::named(ThemeName::Dark), SymbolSet::Ascii);
            }
            user.press("5").row("SO-001");
            let head = user.app.board().unwrap().detail.head.clone();
            let watch = &head.last().unwrap().1.text;
            assert!(watch.contains(silent) && watch.contains(holds), "{watch}");
            user.part(PartKind::Curve).press("right right");
            let screen = user.screen();
            assert!(screen.contains("MO-001 20 车缝"), "{screen}");
            if size.0 > 80 {
                assert!(screen.contains(legend), "{screen}");
            }
            let drawn = |c: char| {
                if ascii {
                    c == '*'
                } else {
                    ('\u{2801}'..='\u{28ff}').contains(&c)
                }
            };
            assert!(screen.chars().filter(|c| drawn(*c)).count() > 5, "{screen}");
            assert!(screen.contains("100"), "{screen}");
            user.part(PartKind::Operations);
            let board = user.app.board().unwrap();
            let parts = &board.detail.parts;
            let part = parts
                .iter()
                .find(|p| p.kind == PartKind::Operations)
                .unwrap();
            let Content::List(list) = &part.content else {
                panic!("operations are a list");
            };
            let spark = &list.rows[1].cells.last().unwrap().text;
            assert_eq!(spark.chars().count(), 14);
            assert!(
                spark.starts_with("   ") && spark.ends_with("     "),
                "{spark:?}"
            );
            assert!(
                spark
                    .trim()
                    .chars()
                    .all(|c| c == ' ' || !ascii || c.is_ascii())
            );
        }
    }
}

#[test]
fn the_list_of_progress_tells_the_pace_to_programs() {
    let folder = tempfile::tempdir().unwrap();
    let figures = r#"{ "date": "2026-11-20", "production_order": "MO-001", "seq": 10, "good": "30" },
        { "date": "2026-11-21", "production_order": "MO-001", "seq": 10, "good": "30" },
        { "date": "2026-11-21", "production_order": "MO-001", "seq": 20, "good": "12" }"#;
    let file = write_file(folder.path(), "f.json", factory(1, figures).as_bytes());
    let db = folder.path().join("a.db").display().to_string();
    let done = run(
        folder.path(),
        &["--db", &db, "import", file.to_str().unwrap()],
    );
    assert!(done.status.success(), "{}", said(&done));
    let list = run(
        folder.path(),
        &["--db", &db, "list", "progress", "--format", "json"],
    );
    let rows: serde_json::Value = serde_json::from_str(&out(&list)).unwrap();
    let row = &rows[0];
    for (key, value) in [
        ("good", "60"),
        ("left", "40"),
        ("rate_per_day", "30"),
        ("carried_per_day", "30"),
    ] {
        assert_eq!(row[key], value, "{key} {row}");
    }
    // Thirty a day leave two days: Monday and Tuesday.
    assert_eq!(row["finish"], "2026-11-24");
    assert!(row["early"].as_str() <= row["finish"].as_str());
    assert!(row["late"].as_str() >= row["finish"].as_str());
    assert_eq!(
        (&row["silent_days"], &row["usual_days"]),
        (&0.into(), &1.into())
    );
    assert_eq!(row["wip_before"], serde_json::Value::Null);
    assert_eq!(rows[1]["wip_before"], "48");
    assert!(row["required_per_day"].is_string() && row["late_days"] == 0);
    assert_eq!(row["order"], "SO-001", "what was there before stays");
}
