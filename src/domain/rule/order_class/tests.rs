//! The classes against the published example and their limits.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::domain::followup::Setting;
use crate::domain::resource::{Line, WorkCentre};
use crate::domain::world::Rows;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn urgency_counts_the_days_between_as_the_published_example_does() {
    let from = day("2026-04-30");
    assert_eq!(urgency(from, day("2026-05-05")), Urgency::Inserted);
    let after = |n: u64| urgency(from, from + chrono::Days::new(n + 1));
    let found: Vec<Urgency> = [0, 4, 5, 9, 10, 15, 16].map(after).to_vec();
    use Urgency as U;
    assert_eq!(
        found,
        [
            U::Inserted,
            U::Inserted,
            U::VeryUrgent,
            U::VeryUrgent,
            U::Urgent,
            U::Urgent,
            U::Normal
        ]
    );
    assert_eq!(urgency(from, from), Urgency::Inserted);
}

fn world(names: &[(&str, i64)]) -> World {
    let centre = WorkCentre {
        id: 1,
        ..WorkCentre::default()
    };
    let line = Line {
        id: 1,
        work_centre_id: 1,
        operators: 2,
        efficiency: Micro(500_000),
        ..Line::default()
    };
    let steps = (1..).zip(names).map(|(id, (name, minutes))| RoutingStep {
        id,
        item_id: 1,
        seq: id * 10,
        name: (*name).to_owned(),
        work_centre_id: 1,
        minutes_per_unit: Micro::whole(*minutes),
        ..RoutingStep::default()
    });
    World {
        work_centres: Rows::new(vec![centre]),
        lines: Rows::new(vec![line]),
        routing_steps: Rows::new(steps.collect()),
        ..World::default()
    }
}

fn item() -> Item {
    Item {
        id: 1,
        ..Item::default()
    }
}

#[test]
fn the_flow_has_the_shops_numbers_where_it_has_one_for_each() {
    let w = world(&[("精切", 1), ("CNC", 4), ("冲床", 2), ("钻床", 2)]);
    let found = steps(&w, &item());
    assert_eq!(flow(&found), "①→③→④→⑤");
    assert_eq!(
        bottlenecks(&found)
            .iter()
            .map(|s| s.mark.as_str())
            .collect::<Vec<_>>(),
        ["③"]
    );
    // One line of two people at half speed makes a minute's work each minute.
    let minutes = day_minutes(&w.factory_calendar());
    assert_eq!(capacity(&found), Some(Micro::whole(minutes / 4)));
    let w = world(&[("裁剪", 1), ("CNC", 4)]);
    assert_eq!(flow(&steps(&w, &item())), "①裁剪→②CNC");
    assert_eq!(flow(&[]), "");
    assert_eq!(capacity(&[]), None);
    let mut w = world(&[("缝制", 1), ("裁剪", 4)]);
    w.settings = Rows::new(vec![Setting {
        id: 1,
        key: PROCESSES_SETTING.to_owned(),
        value: "裁剪 - 缝制".to_owned(),
        ..Setting::default()
    }]);
    assert_eq!(flow(&steps(&w, &item())), "③→①");
    assert_eq!(circled(51), "(51)");
    assert_eq!(
        (circled(20), circled(21), circled(50)),
        ("⑳".into(), "㉑".into(), "㊿".into())
    );
}

#[test]
fn size_goes_by_word_and_quantity_and_a_wrong_setting_counts_as_none() {
    let mut w = World::default();
    let line = |qty, name: &str| OrderLine {
        qty: Micro::whole(qty),
        name: name.to_owned(),
        ..OrderLine::default()
    };
    assert_eq!(size(&w, &line(100, "03.213.175.样品")), SizeClass::Sample);
    assert_eq!(size(&w, &line(20, "x")), SizeClass::Sample);
    assert_eq!(size(&w, &line(21, "x")), SizeClass::Small);
    assert_eq!(size(&w, &line(1_001, "x")), SizeClass::Large);
    for (value, large) in [
        ("5 10", true),
        ("10 5", false),
        ("a b", false),
        ("1 2 3", false),
    ] {
        w.settings = Rows::new(vec![Setting {
            id: 1,
            key: SIZES_SETTING.to_owned(),
            value: value.to_owned(),
            ..Setting::default()
        }]);
        assert_eq!(
            size(&w, &line(21, "x")) == SizeClass::Large,
            large,
            "{value}"
        );
    }
}

#[test]
fn material_waits_where_it_comes_after_the_start() {
    let (today, ready) = (day("2026-11-23"), day("2026-11-30"));
    let state = |start| material_state(ready, start, today);
    assert_eq!(state(None), MaterialState::Waiting);
    assert_eq!(state(Some(ready)), MaterialState::Ready);
    assert_eq!(state(Some(day("2026-11-20"))), MaterialState::Waiting);
    assert_eq!(material_state(today, None, today), MaterialState::Ready);
}

#[test]
fn length_and_surface_are_read_from_the_specification() {
    let w = World::default();
    let order = Order::default();
    let line = |spec: &str| OrderLine {
        spec: spec.to_owned(),
        ..OrderLine::default()
    };
    let both = |spec: &str| {
        let l = line(spec);
        (length(&w, &order, &l), surface(&w, &order, &l))
    };
    assert_eq!(
        both("L=1565.1mm 拉丝"),
        (Some("1565.1 mm".into()), Some("拉丝".into()))
    );
    assert_eq!(both("长度：20"), (Some("20".into()), None));
    assert_eq!(both("long sleeve"), (None, None));
    assert_eq!(tooling("夹具新做"), Some(Tooling::New));
    assert_eq!(tooling("正常"), Some(Tooling::Existing));
    assert_eq!(tooling("?"), None);
}
