//! How far past chances can be believed: without this a percentage is decoration.
#![allow(clippy::indexing_slicing)] // Ten tenths, and a chance below one.

use crate::domain::quantity::{MICRO, Micro, Rate};

/// How good past chances were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calibration {
    /// Mean squared error of the chances; 0.25 is what a coin gets.
    pub brier: Rate,
    /// For each tenth: forecasts in it, their mean chance, and the share that came true.
    pub tenths: Vec<(usize, Rate, Rate)>,
}

/// Compares stored chances with what happened.
#[must_use]
pub fn calibration(past: &[(Rate, bool)]) -> Calibration {
    let mut tenths = vec![(0_usize, 0_i64, 0_i64); 10];
    let mut squares = 0_i128;
    for (chance, happened) in past {
        let chance = chance.0.clamp(0, MICRO);
        let error = i128::from(chance - if *happened { MICRO } else { 0 });
        squares += error * error / i128::from(MICRO);
        let at = usize::try_from(chance * 10 / MICRO).unwrap_or(0).min(9);
        tenths[at].0 += 1;
        tenths[at].1 += chance;
        tenths[at].2 += i64::from(*happened);
    }
    let mean = squares / i128::try_from(past.len().max(1)).unwrap_or(1);
    Calibration {
        brier: Micro(i64::try_from(mean).unwrap_or(i64::MAX)),
        tenths: tenths
            .into_iter()
            .map(|(n, sum, hits)| {
                let count = i64::try_from(n).unwrap_or(1).max(1);
                (n, Micro(sum / count), Micro(hits * MICRO / count))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coin_scores_a_quarter_and_tenths_show_what_came_true() {
        let half = Micro(MICRO / 2);
        let c = calibration(&[(half, true), (half, false)]);
        assert_eq!(c.brier, Micro(MICRO / 4));
        assert_eq!(c.tenths[5], (2, half, half));
        let sure = calibration(&[(Micro::ONE, true), (Micro::ZERO, false)]);
        assert_eq!(sure.brier, Micro::ZERO);
        assert_eq!(sure.tenths[9], (1, Micro::ONE, Micro::ONE));
    }
}
