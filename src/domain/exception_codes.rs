//! Codes of exceptions: effects, causes, ways out, actions.

use super::codes::codes;

codes! {
    /// What an exception does to the plan.
    pub enum EffectKind {
        /// A line or work centre stands still.
        #[default]
        Outage = "outage",
        /// A share of the operators of a line or work centre is missing.
        Absence = "absence",
        /// A purchase line comes later.
        Delay = "delay",
        /// A purchase line brings less.
        Shortage = "shortage",
        /// Pieces are lost and have to be made again from the first operation on.
        Loss = "loss",
        /// Pieces have to go through one operation again.
        Rework = "rework",
        /// An order or production order may not go on before a day.
        Hold = "hold",
    }

    /// The factors of a cause (人机料法环测).
    pub enum CauseFactor {
        #[default]
        People = "people",
        Machine = "machine",
        Material = "material",
        Method = "method",
        Environment = "environment",
        Measurement = "measurement",
    }

    /// The ways out of an exception; the plan can date all but words.
    pub enum OptionKind {
        #[default]
        Words = "words",
        Overtime = "overtime",
        OtherLine = "other_line",
        Parts = "parts",
        Expedite = "expedite",
    }

    /// The kinds of actions.
    pub enum ActionKind {
        #[default]
        Corrective = "corrective",
        Preventive = "preventive",
    }
}
