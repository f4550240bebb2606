//! Escalation: to which level an exception has to go by its severity and the working time that
//! has passed since it was reported; who that is; what the merchandiser may not decide alone.

use serde::{Deserialize, Serialize};

use super::{delivery, effect};
use crate::domain::calendar::Calendar;
use crate::domain::codes::Severity;
use crate::domain::exception::{Exception, ExceptionOption};
use crate::domain::moment::Moment;
use crate::domain::quantity::{Micro, Money};
use crate::domain::world::World;
use chrono::NaiveDate;

/// The setting's key.
pub const KEY: &str = "escalation";
/// Levels there are.
pub const LEVELS: usize = 3;
/// Days that are counted at most; older exceptions are due whatever the rule.
const DAYS_MAX: usize = 3_660;

/// After so many working minutes an exception goes to a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub after_minutes: i64,
    pub level: i64,
}

/// The rules of the factory; the usual ones where it has set none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// By severity, worst first.
    pub rules: [Rule; 3],
    /// Who stands at each level, lowest first; empty where nobody was named.
    pub names: [String; LEVELS],
    /// What the merchandiser may spend on a way out without asking.
    pub cost_limit: Money,
}

impl Default for Rules {
    /// The exception procedure of an automation plant, as published: critical after 60 minutes
    /// to level 3, major after 240 to level 2, minor after 120 to level 1.
    fn default() -> Self {
        let rule = |after_minutes, level| Rule {
            after_minutes,
            level,
        };
        Self {
            rules: [rule(60, 3), rule(240, 2), rule(120, 1)],
            names: Default::default(),
            cost_limit: Money::ZERO,
        }
    }
}

/// The setting as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Text {
    critical: Option<[i64; 2]>,
    major: Option<[i64; 2]>,
    minor: Option<[i64; 2]>,
    names: Vec<String>,
    cost_limit: Option<String>,
}

impl Rules {
    /// The rules of the file.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let found = world.settings.iter().find(|s| s.key == KEY);
        found.map_or_else(Self::default, |s| Self::read(&s.value))
    }

    /// Reads the setting's text; what makes no sense is the usual.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text: Text = toml::from_str(text).unwrap_or_default();
        let usual = Self::default();
        let most = i64::try_from(LEVELS).unwrap_or(i64::MAX);
        let rule = |own: Option<[i64; 2]>, usual: Rule| match own {
            Some([after_minutes, level]) if after_minutes >= 0 && (0..=most).contains(&level) => {
                Rule {
                    after_minutes,
                    level,
                }
            }
            _ => usual,
        };
        let [a, b, c] = usual.rules;
        let mut names: [String; LEVELS] = Default::default();
        for (name, own) in names.iter_mut().zip(text.names) {
            *name = own;
        }
        let limit = text.cost_limit.and_then(|t| t.parse::<Micro>().ok());
        Self {
            rules: [
                rule(text.critical, a),
                rule(text.major, b),
                rule(text.minor, c),
            ],
            names,
            cost_limit: limit.unwrap_or(usual.cost_limit).floor_zero(),
        }
    }

    /// Writes the setting's text.
    #[must_use]
    pub fn text(&self) -> String {
        let pair = |r: Rule| Some([r.after_minutes, r.level]);
        let [a, b, c] = self.rules;
        let text = Text {
            critical: pair(a),
            major: pair(b),
            minor: pair(c),
            names: self.names.to_vec(),
            cost_limit: Some(self.cost_limit.text()),
        };
        toml::to_string(&text).unwrap_or_default()
    }

    /// The rule of a severity.
    #[must_use]
    pub const fn rule(&self, severity: Severity) -> Rule {
        let [critical, major, minor] = self.rules;
        match severity {
            Severity::Critical => critical,
            Severity::Major => major,
            Severity::Minor => minor,
        }
    }

    /// Who stands at a level; empty where nobody was named.
    #[must_use]
    pub fn name(&self, level: i64) -> &str {
        let at = usize::try_from(level - 1).ok();
        let found = at.and_then(|at| self.names.get(at));
        found.map_or("", String::as_str)
    }
}

/// The level an exception has to be at after so many open working minutes; zero: none.
#[must_use]
pub fn level(severity: Severity, open_minutes: i64, rules: &Rules) -> i64 {
    let rule = rules.rule(severity);
    if open_minutes > rule.after_minutes {
        rule.level
    } else {
        0
    }
}

/// Open minutes of a calendar between two moments; zero where the second is not after the first.
#[must_use]
pub fn working_minutes(calendar: &Calendar, from: Moment, to: Moment) -> i64 {
    if to <= from {
        return 0;
    }
    let days = from.date().iter_days().take(DAYS_MAX);
    days.take_while(|d| *d <= to.date())
        .map(|day| effect::open_minutes(calendar, day, from, to))
        .sum()
}

/// Where an exception stands with escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub open_minutes: i64,
    /// The level it has to be at.
    pub level: i64,
    /// Whether it was not brought there yet.
    pub waits: bool,
}

/// What escalation asks for an open exception now; none for a closed one.
#[must_use]
pub fn due(world: &World, e: &Exception, now: Moment) -> Option<Due> {
    due_by(&Rules::of(world), &world.factory_calendar(), e, now)
}

/// As [`due`], with rules and calendar at hand, for many exceptions.
#[must_use]
pub fn due_by(rules: &Rules, calendar: &Calendar, e: &Exception, now: Moment) -> Option<Due> {
    if e.closed_on.is_some() {
        return None;
    }
    let open_minutes = working_minutes(calendar, e.reported_at, now);
    let level = level(e.severity, open_minutes, rules);
    Some(Due {
        open_minutes,
        level,
        waits: level > e.escalated_level,
    })
}

/// Why a way out is beyond the merchandiser's own authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The order would be later than promised; the promised day.
    LaterPromise(NaiveDate),
    LowerPrice,
    /// The customer has to accept goods that differ (特采).
    Concession,
    /// It costs more than the merchandiser may spend.
    Cost(Money),
}

/// What about a way out needs a superior; `by_plan` is its date by the plan, where it has one.
#[must_use]
pub fn needs(
    world: &World,
    e: &Exception,
    option: &ExceptionOption,
    by_plan: Option<NaiveDate>,
) -> Vec<Need> {
    let order = world.orders.find(e.order_id);
    let promised = order.and_then(|o| delivery::promised(world, o));
    let mut out = Vec::new();
    if let (Some(date), Some(promised)) = (option.date.or(by_plan), promised)
        && date > promised
    {
        out.push(Need::LaterPromise(promised));
    }
    if option.lower_price {
        out.push(Need::LowerPrice);
    }
    if option.concession {
        out.push(Need::Concession);
    }
    let limit = Rules::of(world).cost_limit;
    if option.cost.is_some_and(|cost| cost > limit) {
        out.push(Need::Cost(limit));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_shifts;
    use proptest::prelude::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn day_calendar() -> Calendar {
        let shifts = parse_shifts("08:00-12:00 13:30-17:30").unwrap();
        let mut calendar = Calendar::always("DAY");
        for (n, week) in calendar.week.iter_mut().enumerate() {
            *week = if n < 5 { shifts.clone() } else { Vec::new() };
        }
        calendar
    }

    #[test]
    fn the_limit_itself_is_not_beyond_it() {
        let rules = Rules::default();
        for (severity, after, to) in [
            (Severity::Critical, 60, 3),
            (Severity::Major, 240, 2),
            (Severity::Minor, 120, 1),
        ] {
            assert_eq!(level(severity, after, &rules), 0);
            assert_eq!(level(severity, after + 1, &rules), to);
            assert_eq!(level(severity, i64::MAX, &rules), to);
        }
    }

    #[test]
    fn nights_breaks_and_weekends_do_not_count() {
        let c = day_calendar();
        let minutes = |a: &str, b: &str| working_minutes(&c, at(a), at(b));
        assert_eq!(minutes("2026-11-27T17:00", "2026-11-30T08:30"), 60);
        assert_eq!(minutes("2026-11-25T11:45", "2026-11-25T13:45"), 30);
        assert_eq!(minutes("2026-11-28T08:00", "2026-11-29T17:30"), 0);
        assert_eq!(minutes("2026-11-25T09:00", "2026-11-25T08:00"), 0);
        assert_eq!(minutes("2026-11-25T08:00", "2026-11-26T08:00"), 480);
    }

    #[test]
    fn settings_come_back_as_written_and_nonsense_is_the_usual() {
        let own = Rules {
            rules: [
                Rule {
                    after_minutes: 0,
                    level: 2,
                },
                Rule {
                    after_minutes: 480,
                    level: 1,
                },
                Rule {
                    after_minutes: 960,
                    level: 0,
                },
            ],
            names: ["A".into(), String::new(), "总监".into()],
            cost_limit: Micro::whole(500),
        };
        assert_eq!(Rules::read(&own.text()), own);
        assert_eq!(Rules::read("critical = [5, 9]"), Rules::default());
        assert_eq!(Rules::read("???"), Rules::default());
    }

    proptest! {
        #[test]
        fn working_minutes_are_counted_minute_by_minute(from in 0i64..20_000, length in 0i64..9_000) {
            let c = day_calendar();
            let start = at("2026-11-23T00:00").0;
            let moment = |n: i64| Moment(start + chrono::TimeDelta::minutes(n));
            let open = |n: &i64| {
                let m = moment(*n);
                let minute = (m.0 - Moment::start_of(m.date()).0).num_minutes();
                c.shifts_on(m.date()).iter().any(|s| {
                    (i64::from(s.start)..i64::from(s.end)).contains(&minute)
                })
            };
            let counted = (from..from + length).filter(open).count();
            prop_assert_eq!(
                working_minutes(&c, moment(from), moment(from + length)),
                i64::try_from(counted).unwrap()
            );
        }

        #[test]
        fn a_level_is_reached_once_and_kept(minutes in 0i64..2_000, after in 0i64..1_000, to in 0i64..=3) {
            let rules = Rules {
                rules: [Rule { after_minutes: after, level: to }; 3],
                ..Rules::default()
            };
            for severity in Severity::ALL {
                let now = level(*severity, minutes, &rules);
                prop_assert_eq!(now, if minutes > after { to } else { 0 });
                prop_assert!(level(*severity, minutes + 1, &rules) >= now);
            }
        }
    }
}
