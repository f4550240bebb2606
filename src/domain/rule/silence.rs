//! Whether somebody has been silent for longer than usual: how often they speak is learnt from the
//! days on which they did.
//!
//! Says nothing about who it is: the days may be those of figures, answers or promises.

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;

/// Gaps from which a habit is learnt; fewer tell nothing.
pub const GAPS_MIN: usize = 4;
/// What is usual where nothing was learnt, in working days.
pub const USUAL_DAYS: i32 = 1;
/// So many in a hundred gaps are no longer than what counts as usual: one long holiday or one
/// forgotten week does not make a habit.
const PERCENT: usize = 80;

/// How long it has been silent, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silence {
    /// Whole working days that have passed since without news; today is not over and does not count.
    pub days: i32,
    /// Working days from one piece of news to the next, as usual.
    pub usual: i32,
}

impl Silence {
    /// Whether it is longer than usual.
    #[must_use]
    pub const fn is_long(self) -> bool {
        self.days > self.usual
    }
}

/// Working days from each day to the next; several pieces of news of one day count once.
#[must_use]
pub fn gaps(days: impl IntoIterator<Item = NaiveDate>, calendar: &Calendar) -> Vec<i32> {
    let mut days: Vec<NaiveDate> = days.into_iter().collect();
    days.sort_unstable();
    days.dedup();
    let next = days.iter().skip(1);
    let pairs = days.iter().zip(next);
    pairs.map(|(a, b)| calendar.days_between(*a, *b)).collect()
}

/// The usual gap: the 80th percentile (nearest rank), at least one day; none where there are fewer
/// than [`GAPS_MIN`].
#[must_use]
pub fn usual(gaps: &[i32]) -> Option<i32> {
    if gaps.len() < GAPS_MIN {
        return None;
    }
    let mut sorted = gaps.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * PERCENT).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).map(|gap| (*gap).max(1))
}

/// How long it has been silent since a day.
#[must_use]
pub fn silent(since: NaiveDate, today: NaiveDate, usual: i32, calendar: &Calendar) -> Silence {
    let passed = today.pred_opt().unwrap_or(today);
    let days = calendar.days_between(since, passed.max(since));
    Silence { days, usual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_shifts;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn six_days() -> Calendar {
        let mut calendar = Calendar::always("DAY");
        calendar.week[6] = vec![];
        calendar.days.insert(day("2026-10-01"), vec![]);
        calendar.days.insert(
            day("2026-10-11"),
            parse_shifts("08:00-12:00").unwrap_or_default(),
        );
        calendar
    }

    #[test]
    fn one_long_gap_makes_no_habit_and_few_gaps_tell_nothing() {
        assert_eq!(usual(&[1, 1, 1]), None);
        assert_eq!(
            usual(&[1, 1, 1, 9]),
            Some(9),
            "of four the 80th is the last"
        );
        assert_eq!(usual(&[9, 1, 1, 1, 1]), Some(1));
        assert_eq!(usual(&[2, 2, 2, 3, 2, 2]), Some(2));
        assert_eq!(usual(&[0, 0, 0, 0]), Some(1));
    }

    #[test]
    fn days_off_are_no_silence_and_today_is_not_over() {
        let c = six_days();
        // Monday 2026-11-23; Sunday is off.
        let since = |from: &str, to: &str| silent(day(from), day(to), 1, &c);
        assert_eq!(since("2026-11-21", "2026-11-23").days, 0);
        assert_eq!(since("2026-11-20", "2026-11-23").days, 1);
        assert!(!since("2026-11-20", "2026-11-23").is_long());
        assert!(since("2026-11-19", "2026-11-23").is_long());
        assert_eq!(since("2026-11-23", "2026-11-23").days, 0);
        assert_eq!(since("2026-11-25", "2026-11-23").days, 0, "a day ahead");
        let all = ["2026-09-30", "2026-10-02", "2026-10-02", "2026-10-12"];
        assert_eq!(gaps(all.map(day), &c), [1, 9], "holiday and make-up Sunday");
    }
}
