//! What can be listed.

use clap::ValueEnum;

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListWhat {
    Today,
    Done,
    Silence,
    Orders,
    Points,
    Documents,
    Facts,
    Queries,
    Milestones,
    Amendments,
    Samples,
    Lessons,
    Commitments,
    Answers,
    Schedule,
    Production,
    Load,
    Requirements,
    Purchases,
    Chances,
    Chases,
    Suppliers,
    Kits,
    Progress,
    Shipments,
    Inspections,
    Cartons,
    Papers,
    Aql,
    Exceptions,
    Impact,
    Ledger,
    Pareto,
    Summary,
    Timeline,
    Comparison,
    Baselines,
    Rules,
    Handovers,
    Journal,
}

impl ListWhat {
    /// Whether it is about what is going on, as the panels show it; the others list everything that
    /// ever was, the shelf included.
    pub(super) const fn is_of_the_day(self) -> bool {
        matches!(
            self,
            Self::Today
                | Self::Done
                | Self::Silence
                | Self::Points
                | Self::Schedule
                | Self::Load
                | Self::Requirements
                | Self::Chances
                | Self::Chases
                | Self::Suppliers
                | Self::Kits
                | Self::Progress
                | Self::Impact
                | Self::Ledger
                | Self::Pareto
                | Self::Comparison
                | Self::Baselines
                | Self::Rules
                | Self::Lessons
        )
    }
}
