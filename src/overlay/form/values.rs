//! The values of a form as what they mean: amounts, dates, codes.

use chrono::NaiveDate;

use super::Form;
use crate::command::{Problem, Refusal};
use crate::domain::quantity::{AMOUNT_MAX, Micro, Qty};
use crate::text::datein;

/// Reads a form's values by key.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    pub(super) form: &'a Form,
    pub(super) today: NaiveDate,
}

impl Values<'_> {
    fn raw(&self, key: &str) -> &str {
        let field = self
            .form
            .fields
            .iter()
            .find(|f| f.key == key)
            .map(|f| f.value.as_str());
        field
            .or_else(|| self.form.hidden.get(key).map(String::as_str))
            .unwrap_or_default()
    }

    /// The text without blanks around it.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.raw(key).trim().to_owned()
    }

    /// The amount, if one is given.
    ///
    /// # Errors
    /// Where the text is no amount that fits.
    pub fn amount(&self, key: &'static str) -> Result<Option<Qty>, Refusal> {
        let text = self.raw(key).trim();
        if text.is_empty() {
            return Ok(None);
        }
        datein::parse_amount(text)
            .map(Some)
            .map_err(|error| Refusal::at(key, Problem::Amount(error)))
    }

    /// The amount, or zero where none is given.
    ///
    /// # Errors
    /// As [`Values::amount`].
    pub fn amount_or_zero(&self, key: &'static str) -> Result<Qty, Refusal> {
        Ok(self.amount(key)?.unwrap_or_default())
    }

    /// The whole number, if one is given.
    ///
    /// # Errors
    /// Where the text is no whole number from zero up.
    pub fn whole(&self, key: &'static str) -> Result<Option<i64>, Refusal> {
        let most = AMOUNT_MAX.0 / Micro::ONE.0;
        match self.amount(key)? {
            None => Ok(None),
            Some(n) if n.0 % Micro::ONE.0 == 0 && !n.is_negative() => Ok(Some(n.0 / Micro::ONE.0)),
            Some(_) => Err(Refusal::at(key, Problem::NotWhole { least: 0, most })),
        }
    }

    /// The date, if one is given: any form that a person types.
    ///
    /// # Errors
    /// Where the text is no date.
    pub fn date(&self, key: &'static str) -> Result<Option<NaiveDate>, Refusal> {
        let text = self.raw(key).trim();
        if text.is_empty() {
            return Ok(None);
        }
        datein::parse_date(text, self.today)
            .map(Some)
            .map_err(|error| Refusal::at(key, Problem::Date(error)))
    }

    /// The date, which has to be given.
    ///
    /// # Errors
    /// Where there is none, or the text is no date.
    pub fn needed_date(&self, key: &'static str) -> Result<NaiveDate, Refusal> {
        self.date(key)?
            .ok_or_else(|| Refusal::at(key, Problem::Required))
    }

    /// The code of a choice, as the value it stands for.
    ///
    /// # Errors
    /// Where a draft holds a code that is no longer one.
    pub fn code<T>(&self, key: &'static str, of: fn(&str) -> Option<T>) -> Result<T, Refusal> {
        of(self.raw(key)).ok_or_else(|| Refusal::at(key, Problem::Required))
    }
}
