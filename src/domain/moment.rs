//! A minute of factory time.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A civil date and minute where the factory is; written `2026-11-23T08:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub NaiveDateTime);

/// The format in the file and in the interchange format.
pub const MOMENT_FORMAT: &str = "%Y-%m-%dT%H:%M";

impl Moment {
    /// Reads `2026-11-23T08:00`; seconds and a blank in place of the `T` are taken too.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let formats = [
            MOMENT_FORMAT,
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M",
            "%Y-%m-%d %H:%M:%S",
        ];
        formats
            .iter()
            .find_map(|f| NaiveDateTime::parse_from_str(text.trim(), f).ok())
            .map(Self)
    }

    /// Writes `2026-11-23T08:00`.
    #[must_use]
    pub fn text(self) -> String {
        self.0.format(MOMENT_FORMAT).to_string()
    }

    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// Midnight at the start of a day.
    #[must_use]
    pub fn start_of(day: NaiveDate) -> Self {
        Self(day.and_time(chrono::NaiveTime::MIN))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a moment: {text}")))
    }
}
