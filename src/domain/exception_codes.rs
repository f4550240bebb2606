//! Codes of exceptions: effects, causes, ways out, actions.

use serde::{Deserialize, Serialize};

/// What an exception does to the plan.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// A line or work centre stands still.
    #[default]
    Outage,
    /// A share of the operators of a line or work centre is missing.
    Absence,
    /// A purchase line comes later.
    Delay,
    /// A purchase line brings less.
    Shortage,
    /// Pieces are lost and have to be made again from the first operation on.
    Loss,
    /// Pieces have to go through one operation again.
    Rework,
    /// An order or production order may not go on before a day.
    Hold,
}

impl EffectKind {
    pub const ALL: &'static [Self] = &[
        Self::Outage,
        Self::Absence,
        Self::Delay,
        Self::Shortage,
        Self::Loss,
        Self::Rework,
        Self::Hold,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Absence => "absence",
            Self::Delay => "delay",
            Self::Shortage => "shortage",
            Self::Loss => "loss",
            Self::Rework => "rework",
            Self::Hold => "hold",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The factors of a cause (人机料法环测).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CauseFactor {
    #[default]
    People,
    Machine,
    Material,
    Method,
    Environment,
    Measurement,
}

impl CauseFactor {
    pub const ALL: &'static [Self] = &[
        Self::People,
        Self::Machine,
        Self::Material,
        Self::Method,
        Self::Environment,
        Self::Measurement,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Machine => "machine",
            Self::Material => "material",
            Self::Method => "method",
            Self::Environment => "environment",
            Self::Measurement => "measurement",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The ways out of an exception; the plan can date all but words.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OptionKind {
    #[default]
    Words,
    Overtime,
    OtherLine,
    Parts,
    Expedite,
}

impl OptionKind {
    pub const ALL: &'static [Self] = &[
        Self::Words,
        Self::Overtime,
        Self::OtherLine,
        Self::Parts,
        Self::Expedite,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Overtime => "overtime",
            Self::OtherLine => "other_line",
            Self::Parts => "parts",
            Self::Expedite => "expedite",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The kinds of actions.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    #[default]
    Corrective,
    Preventive,
}

impl ActionKind {
    pub const ALL: &'static [Self] = &[Self::Corrective, Self::Preventive];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Corrective => "corrective",
            Self::Preventive => "preventive",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}
