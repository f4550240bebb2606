//! How many open minutes an operation holds a line: exact amounts, rounded up once.

use crate::domain::quantity::{MICRO, Qty};
use crate::plan::input::{Minute, Operation, OperationState, Way};

/// Open minutes of an operation on a line.
pub(super) struct Times {
    pub(super) work: Minute,
    /// Until the first part can be handed over.
    pub(super) first: Minute,
    /// For the last part it is handed.
    pub(super) last: Minute,
}

impl Times {
    /// Work = setup + work minutes / speed, rounded up once; a started operation has no setup.
    ///
    /// `handed` is the part the operation before hands over; zero for all at once.
    pub(super) fn of(operation: &Operation, way: &Way, handed: Qty, speed: i64) -> Self {
        let Way::Centre {
            setup_minutes,
            minutes_per_unit,
            minutes_per_lot,
            ..
        } = way
        else {
            return Self {
                work: 1,
                first: 1,
                last: 1,
            };
        };
        let setup = match operation.state {
            OperationState::Running { .. } => 0,
            _ => i128::from(setup_minutes.0.max(0)),
        };
        let micro = i128::from(MICRO);
        let left = i128::from(operation.left().0);
        let lot = i128::from(minutes_per_lot.0.max(0));
        let lot_left = if operation.qty.0 > 0 {
            lot * left / i128::from(operation.qty.0)
        } else {
            lot
        };
        // Minutes in millionths for so many pieces, before the line's speed.
        let piece = |qty: i128| i128::from(minutes_per_unit.0.max(0)) * qty / micro;
        let share = |qty: i128| lot_left * qty / left.max(1);
        let speed = i128::from(speed.max(1));
        let minutes = |setup: i128, run: i128| {
            let all = (setup * speed + run * micro + speed * micro - 1) / (speed * micro);
            Minute::try_from(all).unwrap_or(Minute::MAX).max(1)
        };
        let own = i128::from(operation.transfer_qty.0.max(0)).min(left);
        let handed = i128::from(handed.0).min(left);
        Self {
            work: minutes(setup, piece(left) + lot_left),
            first: minutes(setup, piece(own) + share(own)),
            last: minutes(0, piece(handed) + share(handed)),
        }
    }
}
