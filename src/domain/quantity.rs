//! Exact decimal amounts: quantities and money as whole millionths.
//!
//! Never a binary float. Text in, text out; products go through `rust_decimal` so that
//! no digit is lost on the way, and are rounded once, half away from zero.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// Millionths in one unit.
pub const MICRO: i64 = 1_000_000;

/// The largest amount accepted from outside: a thousand million units.
pub const AMOUNT_MAX: Micro = Micro(1_000_000_000 * MICRO);

/// An exact amount in millionths of its unit: a quantity, a price, a rate or a sum of money.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Micro(pub i64);

/// A quantity of goods, in the unit that stands beside it.
pub type Qty = Micro;
/// A price or a sum, in the currency that stands beside it.
pub type Money = Micro;
/// A share of one: 0.03 is three per cent.
pub type Rate = Micro;

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// The text is not a decimal number.
    NotANumber,
    /// More than six digits stand after the point.
    TooFine,
    /// The number is beyond [`AMOUNT_MAX`].
    TooLarge,
}

impl Micro {
    pub const ZERO: Self = Self(0);
    pub const ONE: Self = Self(MICRO);

    /// The amount of `n` whole units.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self(n * MICRO)
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The product, rounded half away from zero to a millionth; saturates at the type's range.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let product = i128::from(self.0) * i128::from(other.0);
        let half = i128::from(MICRO / 2) * product.signum();
        clamp((product + half) / i128::from(MICRO))
    }

    /// The quotient, rounded half away from zero; zero where `other` is zero.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        if other.is_zero() {
            return Self::ZERO;
        }
        let scaled = i128::from(self.0) * i128::from(MICRO);
        let divisor = i128::from(other.0);
        let half = divisor.abs() / 2 * scaled.signum();
        clamp((scaled + half) / divisor)
    }

    /// The larger of the amount and zero.
    #[must_use]
    pub fn floor_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Rounds to `places` decimals, half away from zero: money is shown and compared in its cents.
    #[must_use]
    pub fn round_to(self, places: u32) -> Self {
        let step = 10_i64.pow(6_u32.saturating_sub(places));
        let half = step / 2 * self.0.signum();
        Self((self.0.saturating_add(half)) / step * step)
    }

    /// Rounds up to the next whole multiple of `step`; unchanged where `step` is not positive.
    #[must_use]
    pub fn ceil_to(self, step: Self) -> Self {
        if !step.is_positive() || self.0 <= 0 {
            return self;
        }
        let times = (self.0 - 1) / step.0 + 1;
        clamp(i128::from(times) * i128::from(step.0))
    }

    /// The decimal text without trailing zeros: `12.5`, `300`, `-0.000001`.
    #[must_use]
    pub fn text(self) -> String {
        self.decimal().normalize().to_string()
    }

    /// The decimal text with at least `places` decimals: `325.00`.
    #[must_use]
    pub fn text_fixed(self, places: usize) -> String {
        let mut text = self.text();
        if places == 0 {
            return text;
        }
        let have = match text.find('.') {
            Some(at) => text.len() - at - 1,
            None => {
                text.push('.');
                0
            }
        };
        for _ in have..places {
            text.push('0');
        }
        text
    }

    /// As a decimal, for sums with other decimals.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, 6)
    }

    /// A float for charts and priority indices only; never for state or results.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn approx(self) -> f64 {
        self.0 as f64 / MICRO as f64
    }
}

fn clamp(value: i128) -> Micro {
    Micro(i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX }))
}

impl FromStr for Micro {
    type Err = AmountError;

    /// Reads plain decimal text; at most six decimals, at most [`AMOUNT_MAX`] either way.
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let text = text.trim();
        let value = if text.contains(['e', 'E']) {
            Decimal::from_scientific(text)
        } else {
            Decimal::from_str_exact(text)
        };
        let value = value.ok().ok_or_else(|| refusal(text))?;
        if value.abs() > AMOUNT_MAX.decimal() {
            return Err(AmountError::TooLarge);
        }
        let scaled = value * Decimal::from(MICRO);
        if !scaled.fract().is_zero() {
            return Err(AmountError::TooFine);
        }
        scaled.to_i64().map(Self).ok_or(AmountError::TooLarge)
    }
}

/// Says why the decimal type could not hold a text: too large, too fine, or no number at all.
fn refusal(text: &str) -> AmountError {
    match text.parse::<f64>() {
        Ok(value) if value.abs() > 1e9 => AmountError::TooLarge,
        Ok(value) if value.is_finite() => AmountError::TooFine,
        _ => AmountError::NotANumber,
    }
}

impl fmt::Display for Micro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl Add for Micro {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Micro {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Micro {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Micro {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Micro {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Micro {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_exactly_or_refused() {
        let ok = |t: &str, micro: i64| assert_eq!(t.parse(), Ok(Micro(micro)), "{t}");
        ok("3.2500", 3_250_000);
        ok("-0.000001", -1);
        ok("1000000000", AMOUNT_MAX.0);
        ok("1e3", 1_000_000_000);
        let no = |t: &str, e: AmountError| assert_eq!(t.parse::<Micro>(), Err(e), "{t}");
        no("0.0000001", AmountError::TooFine);
        no("1e30", AmountError::TooLarge);
        no("99999999999999999999999999999999999", AmountError::TooLarge);
        no("1000000000.000001", AmountError::TooLarge);
        no("ten", AmountError::NotANumber);
        no("", AmountError::NotANumber);
    }

    #[test]
    fn products_round_once_half_away_from_zero() {
        let m = |t: &str| t.parse::<Micro>().unwrap();
        assert_eq!(m("0.000001").times(m("0.5")), m("0.000001"));
        assert_eq!(m("-0.000001").times(m("0.5")), m("-0.000001"));
        assert_eq!(m("100").times(m("3.25")), m("325"));
        assert_eq!(m("1").over(m("3")), m("0.333333"));
        assert_eq!(m("2").over(m("3")), m("0.666667"));
        assert_eq!(m("1.005").round_to(2), m("1.01"));
        assert_eq!(m("101").ceil_to(m("50")), m("150"));
        assert_eq!(m("325").text_fixed(2), "325.00");
        assert_eq!(m("3.125").text_fixed(2), "3.125");
    }
}
