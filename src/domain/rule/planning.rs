//! How the factory plans: the six principles, the weights of customer classes, what a move costs.
//!
//! Kept as one setting in TOML, so that it travels with the file; what is not said there has its
//! usual value, and so has all of it where the text cannot be read.

use serde::{Deserialize, Serialize};

use crate::domain::codes::CustomerClass;
use crate::domain::quantity::{Micro, Money};
use crate::domain::world::World;

/// Key of the setting.
pub const KEY: &str = "plan";

/// Late minutes of weight one that a changed start day costs unless the file says otherwise.
pub const MOVE_MINUTES: i64 = 30;

/// The principles by which a place is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Principle {
    DeliveryDate,
    CustomerClass,
    CapacityBalance,
    ProcessFlow,
    DepartmentFactors,
    TimeFactors,
}

impl Principle {
    pub const ALL: &'static [Self] = &[
        Self::DeliveryDate,
        Self::CustomerClass,
        Self::CapacityBalance,
        Self::ProcessFlow,
        Self::DepartmentFactors,
        Self::TimeFactors,
    ];

    /// The code in the setting and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DeliveryDate => "delivery_date",
            Self::CustomerClass => "customer_class",
            Self::CapacityBalance => "capacity_balance",
            Self::ProcessFlow => "process_flow",
            Self::DepartmentFactors => "department_factors",
            Self::TimeFactors => "time_factors",
        }
    }
}

/// The settings of the planner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSettings {
    /// Principles that do not take part, in order.
    pub off: Vec<Principle>,
    /// Weights of the customer classes A, B and C.
    pub weights: [Micro; 3],
    /// Late minutes of weight one that an operation's changed start day costs.
    pub move_minutes: i64,
    /// Orders start at most so many days before they must; none: as soon as possible.
    pub early_days: Option<i64>,
    /// Operations of the accepted plan that start within so many days stay where they are.
    pub frozen_days: i64,
    /// Price of one operator's hour of overtime, in the factory's own money; none: not known.
    pub overtime_hour: Option<Money>,
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self {
            off: Vec::new(),
            weights: [Micro::whole(4), Micro::whole(2), Micro::whole(1)],
            move_minutes: MOVE_MINUTES,
            early_days: None,
            frozen_days: 0,
            overtime_hour: None,
        }
    }
}

/// The setting as it is written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Text {
    off: Vec<Principle>,
    weight_a: Option<String>,
    weight_b: Option<String>,
    weight_c: Option<String>,
    move_minutes: Option<i64>,
    early_days: Option<i64>,
    frozen_days: i64,
    overtime_hour: Option<String>,
}

impl PlanSettings {
    /// The settings of the file.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let found = world.settings.iter().find(|s| s.key == KEY);
        found.map_or_else(Self::default, |s| Self::read(&s.value))
    }

    /// Reads the setting's text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text: Text = toml::from_str(text).unwrap_or_default();
        let usual = Self::default();
        let amount = |t: &Option<String>| t.as_ref().and_then(|t| t.parse::<Micro>().ok());
        let [a, b, c] = usual.weights;
        let mut off = text.off;
        off.sort_unstable();
        off.dedup();
        Self {
            off,
            weights: [
                amount(&text.weight_a).unwrap_or(a),
                amount(&text.weight_b).unwrap_or(b),
                amount(&text.weight_c).unwrap_or(c),
            ],
            move_minutes: text.move_minutes.unwrap_or(usual.move_minutes).max(0),
            early_days: text.early_days.filter(|d| *d >= 0),
            frozen_days: text.frozen_days.max(0),
            overtime_hour: amount(&text.overtime_hour),
        }
    }

    /// Writes the setting's text; what is usual is left out.
    #[must_use]
    pub fn text(&self) -> String {
        let usual = Self::default();
        let differs = |own: Micro, usual: Micro| (own != usual).then(|| own.text());
        let ([a, b, c], [ua, ub, uc]) = (self.weights, usual.weights);
        let text = Text {
            off: self.off.clone(),
            weight_a: differs(a, ua),
            weight_b: differs(b, ub),
            weight_c: differs(c, uc),
            move_minutes: (self.move_minutes != usual.move_minutes).then_some(self.move_minutes),
            early_days: self.early_days,
            frozen_days: self.frozen_days,
            overtime_hour: self.overtime_hour.map(Micro::text),
        };
        toml::to_string(&text).unwrap_or_default()
    }

    /// Whether a principle takes part.
    #[must_use]
    pub fn uses(&self, principle: Principle) -> bool {
        !self.off.contains(&principle)
    }

    /// The weight of a class.
    #[must_use]
    pub const fn weight(&self, class: CustomerClass) -> Micro {
        let [a, b, c] = self.weights;
        match class {
            CustomerClass::A => a,
            CustomerClass::B => b,
            CustomerClass::C => c,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_written_and_nonsense_is_the_usual() {
        let own = PlanSettings {
            off: vec![Principle::CustomerClass, Principle::TimeFactors],
            weights: [Micro::whole(8), Micro::whole(2), Micro::ZERO],
            move_minutes: 0,
            early_days: Some(5),
            frozen_days: 3,
            overtime_hour: Some(Micro::whole(25)),
        };
        assert_eq!(PlanSettings::read(&own.text()), own);
        assert_eq!(PlanSettings::read(""), PlanSettings::default());
        assert_eq!(PlanSettings::read("off = 3"), PlanSettings::default());
        assert!(!own.uses(Principle::CustomerClass));
        assert_eq!(own.weight(CustomerClass::A), Micro::whole(8));
    }
}
