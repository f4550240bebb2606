//! The only place that asks for the time.

use chrono::{Local, NaiveDate, NaiveDateTime, Timelike, Utc};

use crate::domain::moment::Moment;

/// Where "now" comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The computer's clock and time zone.
    System,
    /// A fixed moment, so that runs repeat.
    Fixed(NaiveDateTime),
}

impl Clock {
    /// Reads the clock that `GENDAN_NOW` or `--at` fixes; the system's where neither does.
    #[must_use]
    pub fn fixed_or_system(at: Option<Moment>) -> Self {
        at.map_or(Self::System, |moment| Self::Fixed(moment.0))
    }

    /// Factory time, to the minute.
    #[must_use]
    pub fn now(self) -> Moment {
        match self {
            Self::System => {
                let now = Local::now().naive_local();
                Moment(
                    now.with_second(0)
                        .and_then(|t| t.with_nanosecond(0))
                        .unwrap_or(now),
                )
            }
            Self::Fixed(at) => Moment(at),
        }
    }

    #[must_use]
    pub fn today(self) -> NaiveDate {
        self.now().date()
    }

    /// UTC as text for the journal, to the millisecond.
    #[must_use]
    pub fn stamp(self) -> String {
        let at = match self {
            Self::System => Utc::now().naive_utc(),
            Self::Fixed(at) => at,
        };
        at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }
}
