//! How a shop sorts its orders and speaks of the way they take: urgency, size, process flow,
//! capacity and bottleneck, material, and what the papers say of length, surface and tooling.
//!
//! These are the headings of the review and scheduling forms of a real finishing shop; each is
//! derived here once, for the review form and for the schedule sheets.

use chrono::NaiveDate;

use super::consistency::{self, FactRow};
use crate::domain::calendar::Calendar;
use crate::domain::item::{Item, RoutingStep};
use crate::domain::order::{Order, OrderLine};
use crate::domain::quantity::{Micro, Qty};
use crate::domain::world::World;

/// How pressing an order is by the days between order and delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// 正常单: more than 15 days.
    Normal,
    /// 急单: 10 to 15 days.
    Urgent,
    /// 特急单: 5 days up to 10.
    VeryUrgent,
    /// 急插单: fewer than 5 days.
    Inserted,
}

impl Urgency {
    pub const ALL: &'static [Self] =
        &[Self::Normal, Self::Urgent, Self::VeryUrgent, Self::Inserted];

    /// Its place in the list of the form: ① to ④.
    #[must_use]
    pub const fn number(self) -> usize {
        match self {
            Self::Normal => 1,
            Self::Urgent => 2,
            Self::VeryUrgent => 3,
            Self::Inserted => 4,
        }
    }
}

/// The urgency of an order by the whole days that lie between its date and its delivery.
///
/// Neither of the two days counts: ordered on 30 April for 5 May there are four days to make it,
/// and the shop whose form this is calls that 急插单. A delivery that is not after the order has
/// no day at all.
#[must_use]
pub fn urgency(ordered_on: NaiveDate, due: NaiveDate) -> Urgency {
    match (due - ordered_on).num_days() - 1 {
        16.. => Urgency::Normal,
        10..=15 => Urgency::Urgent,
        5..=9 => Urgency::VeryUrgent,
        _ => Urgency::Inserted,
    }
}

/// The day of an order: the customer's own date of it, else the day it came in.
#[must_use]
pub fn ordered_on(order: &Order) -> Option<NaiveDate> {
    let came = order.received_at.map(|at| at.date());
    order.customer_po_date.or(came)
}

/// How large an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SizeClass {
    /// 样品单
    Sample,
    /// 散单小单
    Small,
    /// 大单
    Large,
}

impl SizeClass {
    pub const ALL: &'static [Self] = &[Self::Sample, Self::Small, Self::Large];
}

/// The setting with the two limits of the size classes: `SAMPLE SMALL`, parted by a blank.
pub const SIZES_SETTING: &str = "order-sizes";
/// Up to so many pieces a line is a sample order where nobody has said otherwise.
pub const SAMPLE_UP_TO: Qty = Micro::whole(20);
/// Up to so many it is a small order, above a large one.
pub const SMALL_UP_TO: Qty = Micro::whole(1_000);
/// Words that make a line a sample whatever its quantity.
const SAMPLE_WORDS: &[&str] = &["样品", "样板", "打样", "sample", "prototype"];

/// The limits of the size classes: the setting where it holds two rising whole numbers, else the
/// defaults.
#[must_use]
pub fn size_limits(world: &World) -> (Qty, Qty) {
    let own = world.settings.iter().find(|s| s.key == SIZES_SETTING);
    let read = |text: &str| {
        let mut parts = text.split_whitespace().map(str::parse::<i64>);
        match (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()) {
            (sample, small, None) if 0 <= sample && sample <= small && small <= 1_000_000_000 => {
                Some((Micro::whole(sample), Micro::whole(small)))
            }
            _ => None,
        }
    };
    own.and_then(|s| read(&s.value))
        .unwrap_or((SAMPLE_UP_TO, SMALL_UP_TO))
}

/// The size class of an order line.
#[must_use]
pub fn size(world: &World, line: &OrderLine) -> SizeClass {
    let texts = [&line.item_code, &line.name, &line.spec, &line.note];
    let said = texts.iter().any(|text| {
        let text = text.to_lowercase();
        SAMPLE_WORDS.iter().any(|word| text.contains(word))
    });
    let (sample, small) = size_limits(world);
    let qty = (line.qty - line.cancelled_qty).floor_zero();
    if said || qty <= sample {
        SizeClass::Sample
    } else if qty <= small {
        SizeClass::Small
    } else {
        SizeClass::Large
    }
}

/// Whether the materials of an order hold it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MaterialState {
    /// 正常
    Ready,
    /// 等料
    Waiting,
}

impl MaterialState {
    pub const ALL: &'static [Self] = &[Self::Ready, Self::Waiting];
}

/// Waiting where the last material comes after the planned start, or after today where no start
/// is planned; `ready` is the day on which all of it is there.
#[must_use]
pub fn material_state(
    ready: NaiveDate,
    start: Option<NaiveDate>,
    today: NaiveDate,
) -> MaterialState {
    if ready > start.map_or(today, |start| start.max(today)) {
        MaterialState::Waiting
    } else {
        MaterialState::Ready
    }
}

/// The setting with the shop's numbers of its processes: their names in order, parted by blanks;
/// `-` leaves a number out.
pub const PROCESSES_SETTING: &str = "process-numbers";
/// The numbers printed on the form this follows; ⑫ is not in use there.
const PROCESSES: &str =
    "精切 切割 CNC 冲床 钻床 端铣 攻丝 滚弯 折弯 塑封 去毛刺 - 整形 检验 焊接 组装";

/// One operation on the way of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub seq: i64,
    pub name: String,
    /// As it is marked in the flow: ③, or ③ with its name where the shop has no number for it.
    pub mark: String,
    /// Pieces on an average working day with all lines of the work centre; none: outside work,
    /// unlimited, or without a time.
    pub per_day: Option<Qty>,
}

/// The way of a product in its routing's order.
///
/// Where the shop has a number for every operation, those numbers are the marks; else they are
/// counted from ① and stand with their names, so that a mark never means two things.
#[must_use]
pub fn steps(world: &World, item: &Item) -> Vec<Step> {
    let own = world.settings.iter().find(|s| s.key == PROCESSES_SETTING);
    let names: Vec<String> = own
        .map_or(PROCESSES, |s| s.value.as_str())
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let number = |step: &RoutingStep| {
        let name = step.name.trim().to_lowercase();
        names.iter().position(|n| *n != "-" && *n == name)
    };
    let routing: Vec<&RoutingStep> = world.routing_steps.of(item.id).collect();
    let known = routing.iter().all(|step| number(step).is_some());
    let step = |(at, step): (usize, &&RoutingStep)| {
        let mark = match number(step) {
            Some(no) if known => circled(no + 1),
            _ => format!("{}{}", circled(at + 1), step.name.trim()),
        };
        Step {
            seq: step.seq,
            name: step.name.clone(),
            mark,
            per_day: per_day(world, step),
        }
    };
    routing.iter().enumerate().map(step).collect()
}

/// The flow as text: `①→③→④`.
#[must_use]
pub fn flow(steps: &[Step]) -> String {
    let marks: Vec<&str> = steps.iter().map(|s| s.mark.as_str()).collect();
    marks.join("→")
}

/// A number in a circle; from 51 on in brackets.
#[must_use]
pub fn circled(n: usize) -> String {
    let code = match n {
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32B1 + n - 36,
        _ => return format!("({n})"),
    };
    let sign = u32::try_from(code).ok().and_then(char::from_u32);
    sign.map_or_else(|| format!("({n})"), String::from)
}

/// Pieces a work centre makes of an operation on an average working day of its week:
/// open minutes × operators × efficiency over all lines, divided by the minutes of a piece.
fn per_day(world: &World, step: &RoutingStep) -> Option<Qty> {
    let centre = world.work_centres.get(step.work_centre_id)?;
    if step.outsource_days.is_some() || centre.infinite || !step.minutes_per_unit.is_positive() {
        return None;
    }
    let minutes: Micro = world
        .lines
        .of(centre.id)
        .map(|line| {
            let calendar = world.calendar_or_own(line.calendar_id.or(centre.calendar_id));
            line.efficiency
                .times(Micro::whole(line.operators))
                .times(Micro::whole(day_minutes(&calendar)))
        })
        .sum();
    let pieces = minutes.over(step.minutes_per_unit);
    Some(Micro::whole(pieces.0 / Micro::ONE.0))
}

/// Open minutes of an average day on which the week is open at all.
fn day_minutes(calendar: &Calendar) -> i64 {
    let day = |shifts: &Vec<crate::domain::calendar::Shift>| {
        shifts.iter().map(|s| i64::from(s.minutes())).sum::<i64>()
    };
    let open: Vec<i64> = calendar.week.iter().map(day).filter(|m| *m > 0).collect();
    let days = i64::try_from(open.len()).unwrap_or(1).max(1);
    open.iter().sum::<i64>() / days
}

/// Pieces a day that the whole way allows: those of its slowest operation.
#[must_use]
pub fn capacity(steps: &[Step]) -> Option<Qty> {
    steps.iter().filter_map(|s| s.per_day).min()
}

/// The operations that bound the day's pieces: the slowest, and those within a tenth of it.
#[must_use]
pub fn bottlenecks(steps: &[Step]) -> Vec<&Step> {
    let Some(least) = capacity(steps) else {
        return Vec::new();
    };
    let limit = least + Micro(least.0 / 10);
    let slow = |s: &&Step| s.per_day.is_some_and(|n| n <= limit);
    steps.iter().filter(slow).collect()
}

/// What the papers of an order say under one of some names: the correction that holds, else what
/// the newest paper says.
#[must_use]
pub fn said(world: &World, order: &Order, names: &[&str]) -> Option<String> {
    let named = |row: &FactRow<'_>| {
        names
            .iter()
            .any(|n| row.name.trim().eq_ignore_ascii_case(n) || row.key == *n)
    };
    let row = consistency::board(world, order).into_iter().find(named)?;
    let fact = row.holds.or_else(|| row.stated.last().copied())?;
    Some(consistency::whole(fact)).filter(|text| !text.is_empty())
}

/// Names of the facts that the form asks for.
pub const LENGTH: &[&str] = &["长度", "length"];
pub const SURFACE: &[&str] = &[
    "表面",
    "表面要求",
    "表面处理",
    "surface",
    "surface finish",
    "finish",
];
pub const TOOLING: &[&str] = &[
    "工装",
    "工装夹具",
    "夹具",
    "模具",
    "tooling",
    "fixture",
    "mould",
];
pub const PROCESS: &[&str] = &[
    "工艺要求",
    "工艺说明",
    "工艺要求说明",
    "process notes",
    "process",
];

/// Finishes that a specification names.
const FINISHES: &[&str] = &[
    "拉丝",
    "阳极氧化",
    "氧化",
    "喷砂",
    "喷粉",
    "喷涂",
    "电泳",
    "抛光",
    "磨砂",
    "镀锌",
    "镀镍",
    "镀铬",
    "发黑",
    "电镀",
    "brushed",
    "anodised",
    "anodized",
    "powder coated",
    "polished",
    "sandblasted",
    "zinc plated",
    "galvanised",
    "galvanized",
    "nickel plated",
    "chrome plated",
];

/// The length: a fact of the papers, else what the line's specification says after its name.
#[must_use]
pub fn length(world: &World, order: &Order, line: &OrderLine) -> Option<String> {
    said(world, order, LENGTH).or_else(|| {
        let text = line.spec.to_lowercase();
        let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest.to_owned());
        let marks = ["长度", "length", "长", "l="];
        let rest = marks.iter().find_map(|mark| after(mark))?;
        let rest = rest.trim_start_matches([' ', ':', '：', '=']);
        let number = |c: &char| c.is_ascii_digit() || *c == '.';
        let digits: String = rest.chars().take_while(number).collect();
        let unit: String = rest
            .chars()
            .skip(digits.chars().count())
            .take_while(char::is_ascii_alphabetic)
            .collect();
        (!digits.is_empty()).then(|| format!("{digits} {unit}").trim().to_owned())
    })
}

/// The surface: a fact of the papers, else the finish that the line's texts name.
#[must_use]
pub fn surface(world: &World, order: &Order, line: &OrderLine) -> Option<String> {
    said(world, order, SURFACE).or_else(|| {
        let text = format!("{} {} {}", line.spec, line.name, line.note).to_lowercase();
        let found = FINISHES.iter().find(|f| text.contains(**f));
        found.map(|f| (*f).to_owned())
    })
}

/// Whether jigs and tools are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tooling {
    /// 现有
    Existing,
    /// 新做
    New,
}

/// What a fact about tooling means, where it says so in plain words.
#[must_use]
pub fn tooling(text: &str) -> Option<Tooling> {
    let text = text.trim().to_lowercase();
    let any = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if any(&["新做", "新开", "新模", "new", "to be made"]) {
        Some(Tooling::New)
    } else if any(&["现有", "已有", "正常", "existing", "in stock", "available"]) {
        Some(Tooling::Existing)
    } else {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
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
}
